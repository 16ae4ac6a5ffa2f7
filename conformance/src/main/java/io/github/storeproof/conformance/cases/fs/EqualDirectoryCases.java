package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Escapes;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Directories of equal content at several places: each stays where it is. A store names a directory by its content, so a
/// filesystem that gives the kernel one node for all of them lets the kernel move it from place to place.
public final class EqualDirectoryCases {
  private static final int PAIRS = 40;
  private static final int DIRECTORIES = 200;
  private static final int WALKERS = 8;
  private static final int FILES = 3;

  @Checks("INO-1")
  void theWorkingDirectoryStaysThatOfThePathUsed(Subject subject) {
    Trial trial = new Trial();
    for (List<FixtureEntry> pair : equalPairs(subject)) {
      byte[] here = pair.getFirst().pathBytes();
      byte[] there = pair.getLast().pathBytes();
      Script.Builder calls = trial.calls();
      Slot changed = calls.chdir(here);
      calls.lstat(there);
      calls.list(there);
      wantCwd(trial, here, changed);
      calls.restoreCwd();
    }
    skipOrRun(subject, trial);
  }

  @Checks("INO-1")
  void theDirectoryAboveStaysThatOfThePathUsed(Subject subject) {
    Trial trial = new Trial();
    for (List<FixtureEntry> pair : equalPairs(subject)) {
      byte[] here = pair.getFirst().pathBytes();
      byte[] there = pair.getLast().pathBytes();
      Script.Builder calls = trial.calls();
      Slot above = calls.lstat(parent(here));
      Slot fd = calls.open(here, O_RDONLY | O_DIRECTORY);
      calls.list(there);
      calls.stat(there);
      Slot dotdot = calls.fstatat(fd, Arg.raw(".."), 0);
      trial.want(
          "\"..\" of \"%s\" is \"%s\""
              .formatted(Escapes.escape(here), Escapes.escape(parent(here))),
          List.of(above, dotdot),
          observed ->
              Decoded.firstError(observed)
                  .or(() -> sameNode(observed.getFirst(), observed.getLast())));
      calls.close(fd);
    }
    skipOrRun(subject, trial);
  }

  @Checks("INO-1")
  void listingsOfTheDirectoriesAboveMoveNothing(Subject subject) {
    Trial trial = new Trial();
    trial.calls().dropCaches();
    for (List<FixtureEntry> pair : equalPairs(subject)) {
      byte[] here = pair.getFirst().pathBytes();
      byte[] there = pair.getLast().pathBytes();
      Script.Builder calls = trial.calls();
      calls.list(parent(here));
      Slot changed = calls.chdir(here);
      calls.list(parent(there));
      wantCwd(trial, here, changed);
      calls.restoreCwd();
    }
    skipOrRun(subject, trial);
  }

  private static void wantCwd(Trial trial, byte[] path, Slot changed) {
    trial.want(
        "the working directory ends with \"" + Escapes.escape(path) + '"',
        List.of(changed, trial.calls().getcwd()),
        observed -> Decoded.firstError(observed).or(() -> endsWith(path, observed.getLast())));
  }

  @Costs(3)
  @Checks("INO-7")
  @NeedsAnyFixture
  void walksAtTheSameTimeFindEverything(Subject subject) {
    Fixture fixture = manyEqual();
    LiveMount mount = subject.fresh(fixture);
    Trial trial = new Trial();
    Slot walks =
        trial.calls().parallel(WALKERS, 2, (calls, walker) -> walk(calls, fixture, walker));
    trial.want(
        walks,
        "no call fails in " + WALKERS + " walks at the same time",
        o ->
            o.threads().stream()
                .flatMap(rounds -> Decoded.firstError(rounds).stream())
                .findFirst());
    trial.run(script -> subject.run(mount, script));
  }

  private static void walk(Script.Builder calls, Fixture fixture, int walker) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, DIRECTORIES).boxed().toList());
    Collections.rotate(order, walker * DIRECTORIES / WALKERS);
    if (walker % 2 == 1) {
      Collections.reverse(order);
    }
    for (int directory : order) {
      byte[] path = fixture.path("equal", "p" + directory, "same");
      Slot fd = calls.open(path, O_RDONLY | O_DIRECTORY);
      calls.listAll(fd, 32_768, 100);
      for (int file = 0; file < FILES; file++) {
        calls.fstatat(fd, Arg.raw("f" + file), 0);
      }
      calls.fstatat(fd, Arg.raw(".."), 0);
      calls.close(fd);
    }
  }

  /// ```
  /// equal/
  ///   p0/ … p199/
  ///     same/      (equal everywhere)
  ///       f0 f1 f2
  /// ```
  private static Fixture manyEqual() {
    var same = Tree.dir();
    IntStream.range(0, FILES).forEach(file -> same.plain("f" + file, Content.random(file, 64)));
    Tree shared = Tree.dir().add("same", same.build()).build();
    var root = Tree.dir();
    IntStream.range(0, DIRECTORIES).forEach(number -> root.add("p" + number, shared));
    return Fixture.of("many-equal-directories", "equal", root.build());
  }

  private static void skipOrRun(Subject subject, Trial trial) {
    if (trial.isEmpty()) {
      subject.skip("the fixture has no two equal directories");
    } else {
      Trials.run(subject, trial);
    }
  }

  private static List<List<FixtureEntry>> equalPairs(Subject subject) {
    Map<Tree, List<FixtureEntry>> byContent = new LinkedHashMap<>();
    for (FixtureEntry entry : subject.fixture().walk()) {
      if (entry.tree() instanceof Tree.Dir) {
        byContent.computeIfAbsent(entry.tree(), _ -> new ArrayList<>()).add(entry);
      }
    }
    List<List<FixtureEntry>> pairs = new ArrayList<>();
    for (List<FixtureEntry> equal : byContent.values()) {
      for (int at = 1; at < equal.size(); at++) {
        pairs.add(List.of(equal.get(at - 1), equal.get(at)));
      }
    }
    Collections.shuffle(pairs, subject.random());
    return pairs.subList(0, Math.min(PAIRS, pairs.size()));
  }

  private static Optional<String> endsWith(byte[] relative, Observation cwd) {
    byte[] text = cwd.text();
    byte[] suffix =
        ("/" + new String(relative, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
    boolean ends =
        text.length >= suffix.length
            && Arrays.equals(
                text, text.length - suffix.length, text.length, suffix, 0, suffix.length);
    return ends ? Optional.empty() : Optional.of("getcwd gave \"" + Escapes.escape(text) + '"');
  }

  private static Optional<String> sameNode(Observation one, Observation other) {
    boolean same =
        Decoded.stat(one).ino() == Decoded.stat(other).ino()
            && Decoded.stat(one).dev() == Decoded.stat(other).dev();
    return same
        ? Optional.empty()
        : Optional.of(
            "st_ino %s, and the directory above has %s"
                .formatted(
                    Long.toUnsignedString(Decoded.stat(other).ino()),
                    Long.toUnsignedString(Decoded.stat(one).ino())));
  }

  private static byte[] parent(byte[] path) {
    int slash = path.length - 1;
    while (slash > 0 && path[slash] != '/') {
      slash--;
    }
    return Arrays.copyOf(path, slash);
  }
}
