package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.PATH_MAX;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.Dirent;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.PathComponent;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All that a node is: the entries of a directory, the bytes of a file, the target of a link.
final class WholeNode {
  private static final int BUFFER = 256 << 10;

  private WholeNode() {}

  /// Adds the calls that see it, and what they must see.
  static void want(Trial trial, FixtureEntry entry) {
    want(trial, Arg.path(entry.pathBytes()), entry.tree());
  }

  /// The same of a node at any path.
  static void want(Trial trial, Arg path, Tree node) {
    switch (node) {
      case Tree.Dir dir -> wantEntries(trial, trial.calls().list(path), dir);
      case Tree.Link(var target) ->
          trial.want(
              trial.calls().readlinkat(Arg.cwd(), path, PATH_MAX), Allowed.bytes(target.toBytes()));
      case Tree.File(var content, _) -> {
        Slot fd = trial.calls().open(path, O_RDONLY, 0);
        wantContent(trial, trial.calls().readAll(fd, BUFFER), content);
        trial.calls().close(fd);
      }
    }
  }

  /// Wants what was read to the end to be that content.
  static void wantContent(Trial trial, Slot readAll, Content content) {
    trial.want(
        readAll,
        new Allowed(
            "%d bytes with digest %s".formatted(content.size(), content.digest()),
            o ->
                o.ok()
                    && o.result() == content.size()
                    && o.readAll().digest().equals(content.digest()),
            o ->
                o.ok()
                    ? o.result() + " bytes with digest " + o.readAll().digest()
                    : Allowed.outcome(o)));
  }

  /// An open that failed, which explains what the calls on its descriptor answer.
  static Optional<String> failedOpen(Stream<Observation> calls) {
    return calls
        .filter(
            seen -> seen.call() instanceof Call.Syscall(String name, _) && name.equals("openat"))
        .filter(seen -> !seen.ok())
        .map(seen -> "openat failed with " + seen.errno().name() + ", want success")
        .findFirst();
  }

  /// Wants a listing to show exactly the entries of a directory.
  static void wantEntries(Trial trial, Slot listing, Tree.Dir dir) {
    List<String> expected =
        dir.children().keySet().stream()
            .map(PathComponent::toBytes)
            .map(Bytes::of)
            .map(Bytes::toString)
            .toList();
    trial.want(
        listing,
        expected.size() + " entries, each once",
        o -> o.ok() ? difference(expected, o) : Optional.of(Allowed.outcome(o)));
  }

  private static Optional<String> difference(List<String> expected, Observation o) {
    TreeSet<String> missing = new TreeSet<>(expected);
    for (Dirent entry : Decoded.dirents(o)) {
      String name = entry.name().toString();
      if (!entry.isDot() && !missing.remove(name)) {
        return Optional.of(
            "\""
                + name
                + "\", which is "
                + (expected.contains(name) ? "listed twice" : "not there"));
      }
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of("without \"" + missing.first() + '"');
  }
}
