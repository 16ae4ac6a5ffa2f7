package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.Stat;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Inode numbers: stable, and shared only by nodes that are alike.
public final class InodeCases {
  private static final int SAMPLE = 300;
  private static final int LOOPS = 4;

  @Checks("INO-2")
  void aPathKeepsItsNumber(Subject subject) {
    Trial trial = new Trial();
    List<FixtureEntry> entries = Nodes.any(subject, SAMPLE);
    List<List<Slot>> slots = new ArrayList<>();
    entries.forEach(_ -> slots.add(new ArrayList<>()));
    for (int loop = 0; loop < LOOPS; loop++) {
      for (int at = 0; at < entries.size(); at++) {
        slots.get(at).add(trial.calls().lstat(entries.get(at).pathBytes()));
      }
      trial.calls().dropCaches();
    }
    slots.forEach(each -> trial.want("the same st_ino each time", each, InodeCases::sameNumber));
    Trials.run(subject, trial);
  }

  @Checks("INO-3")
  void nodesThatShareANumberAreAlike(Subject subject) {
    Trial trial = new Trial();
    wantNumbersOfTheirOwn(trial, subject.fixture().walk());
    trial.run(subject::run);
  }

  /// Who walks a tree takes a directory that has the number of one above it for a loop.
  @Checks("INO-3")
  void noNodeHasTheNumberOfTheRoot(Subject subject) {
    Trial trial = new Trial();
    Slot root = trial.calls().lstat("");
    for (FixtureEntry entry : subject.fixture().walk()) {
      trial.want(
          "an st_ino that is not that of the root",
          List.of(root, trial.calls().lstat(entry.pathBytes())),
          observed -> Decoded.firstError(observed).or(() -> numberOfTheRoot(observed)));
    }
    Trials.run(subject, trial);
  }

  private static Optional<String> numberOfTheRoot(List<Observation> observed) {
    Stat root = Decoded.stat(observed.getFirst());
    Stat node = Decoded.stat(observed.getLast());
    return root.ino() == node.ino() && root.dev() == node.dev()
        ? Optional.of("st_ino " + node.ino() + ", which is the root's")
        : Optional.empty();
  }

  /// Adds a look at nodes, of which only those that are alike may share a number.
  static void wantNumbersOfTheirOwn(Trial trial, List<FixtureEntry> entries) {
    List<Slot> slots =
        entries.stream().map(entry -> trial.calls().lstat(entry.pathBytes())).toList();
    trial.want(
        "one st_ino only for nodes of equal content and attributes",
        slots,
        observed -> Decoded.firstError(observed).or(() -> firstUnlikePair(entries, observed)));
  }

  @Checks("INO-6")
  void theWorkingDirectoryAndDescriptorsOutliveTheAttributes(Subject subject) {
    Optional<FixtureEntry> directory =
        subject.fixture().walk().stream()
            .filter(entry -> entry.tree() instanceof Tree.Dir dir && dir.children().size() > 1)
            .reduce((_, last) -> last);
    if (directory.isEmpty()) {
      subject.skip("the fixture has no directory with two entries");
      return;
    }
    Trial trial = new Trial();
    byte[] path = directory.get().pathBytes();
    trial.want(trial.calls().chdir(path), Allowed.success());
    Slot fd = trial.calls().open(path, O_RDONLY | O_DIRECTORY);
    lookAround(trial, fd);
    trial.calls().sleep(1_300);
    lookAround(trial, fd);
    trial.calls().dropCaches();
    lookAround(trial, fd);
    trial.calls().lstat(path);
    lookAround(trial, fd);
    Trials.run(subject, trial);
  }

  private static void lookAround(Trial trial, Slot fd) {
    Script.Builder calls = trial.calls();
    trial.want(calls.getcwd(), Allowed.success());
    trial.want(calls.fstatat(Arg.cwd(), Arg.raw("."), 0), Allowed.success());
    trial.want(calls.fstatat(Arg.cwd(), Arg.raw(".."), 0), Allowed.success());
    trial.want(calls.fstat(fd), Allowed.success());
    trial.want(calls.seekdir(fd, 0), Allowed.success());
    trial.want(calls.listAll(fd, 32_768, 10_000), Allowed.success());
  }

  @Checks("INO-8")
  void theSizeOfADirectoryDoesNotChange(Subject subject) {
    Trial trial = new Trial();
    List<FixtureEntry> directories =
        Nodes.any(subject, SAMPLE).stream()
            .filter(entry -> entry.tree() instanceof Tree.Dir)
            .toList();
    List<List<Slot>> slots = new ArrayList<>();
    directories.forEach(
        entry -> slots.add(new ArrayList<>(List.of(trial.calls().lstat(entry.pathBytes())))));
    directories.forEach(entry -> trial.calls().list(entry.pathBytes()));
    again(trial.calls(), directories, slots);
    trial.calls().dropCaches();
    again(trial.calls(), directories, slots);
    slots.forEach(each -> trial.want("the same st_size each time", each, InodeCases::sameSize));
    Trials.run(subject, trial);
  }

  private static void again(
      Script.Builder calls, List<FixtureEntry> entries, List<List<Slot>> slots) {
    for (int at = 0; at < entries.size(); at++) {
      slots.get(at).add(calls.lstat(entries.get(at).pathBytes()));
    }
  }

  private static Optional<String> sameNumber(List<Observation> observed) {
    return Decoded.firstError(observed)
        .or(() -> change("st_ino", observed.stream().map(o -> Decoded.stat(o).ino()).toList()));
  }

  private static Optional<String> sameSize(List<Observation> observed) {
    return Decoded.firstError(observed)
        .or(() -> change("st_size", observed.stream().map(o -> Decoded.stat(o).size()).toList()));
  }

  private static Optional<String> change(String field, List<Long> values) {
    return values.stream()
        .filter(value -> !value.equals(values.getFirst()))
        .findFirst()
        .map(other -> field + " " + values.getFirst() + " first, and " + other + " later");
  }

  private static Optional<String> firstUnlikePair(
      List<FixtureEntry> entries, List<Observation> observed) {
    Map<String, Integer> seen = new HashMap<>();
    for (int at = 0; at < entries.size(); at++) {
      Stat stat = Decoded.stat(observed.get(at));
      Integer before = seen.putIfAbsent(stat.dev() + ":" + stat.ino(), at);
      if (before != null && !alike(entries.get(before).tree(), entries.get(at).tree())) {
        return Optional.of(
            "st_ino %s for both %s and %s"
                .formatted(stat.ino(), entries.get(before), entries.get(at)));
      }
    }
    return Optional.empty();
  }

  private static boolean alike(Tree one, Tree other) {
    if (one instanceof Tree.File(var content, boolean x)
        && other instanceof Tree.File(var content2, boolean x2)) {
      return x == x2 && Content.sameBytes(content, content2);
    }
    return one.equals(other);
  }
}
