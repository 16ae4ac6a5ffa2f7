package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.NodeCheck;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.oracle.RandomTrees;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Operand;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.RawBytes;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Names as bytes: which of them are found, and what is found by them.
@SharesMounts(Corners.FAMILY)
public final class NameCases {
  private static final int READ_BYTES = 4096;
  private static final int NEAR_MISS_SAMPLE = 400;
  private static final int RANDOM_NAME_TRIES = 60;
  private static final int NAMES_PER_TRY = 30;

  static final NodeCheck OWN_NODE = NameCases::ownNode;
  private static final NodeCheck NEAR_MISSES = NameCases::nearMisses;

  @Checks("NAM-1")
  void everyNameLeadsToItsOwnNode(Subject subject) {
    Everywhere.look(subject, OWN_NODE);
  }

  @Checks("NAM-1")
  void namesLookedUpInAnyOrderAfterDroppingCachesLeadToTheirNodes(Subject subject) {
    List<FixtureEntry> entries = new ArrayList<>(subject.fixture().walk());
    Collections.shuffle(entries, subject.random());
    Trial trial = new Trial();
    trial.calls().dropCaches();
    entries.forEach(entry -> ownNode(trial, entry));
    Trials.run(subject, trial);
  }

  @Checks("NAM-1")
  @NeedsAnyFixture
  @Needs("any-byte-names")
  void everyByteMayBeInANameAtAnyPlace(Subject subject) {
    Fixture fixture = NameFixture.everyByte();
    Trial trial = new Trial();
    ListedDirectory.below(fixture)
        .forEach(directory -> ListingCases.complete(trial, directory, READ_BYTES));
    fixture.walk().forEach(entry -> ownNode(trial, entry));
    Corners.run(subject, trial);
  }

  @Checks("NAM-1")
  @NeedsAnyFixture
  void namesOfRandomTreesLeadToTheirOwnNodes(Subject subject) {
    RandomTrees.look(subject, OWN_NODE);
  }

  @Checks("NAM-2")
  @NeedsAnyFixture
  @Needs("any-byte-names")
  void formsOfOneTextAreDifferentNames(Subject subject) {
    Fixture fixture = NameFixture.forms();
    Trial trial = new Trial();
    for (boolean cold : List.of(true, false)) {
      if (cold) {
        trial.calls().dropCaches();
      }
      ListedDirectory.below(fixture)
          .forEach(directory -> ListingCases.complete(trial, directory, READ_BYTES));
      fixture.walk().forEach(entry -> ownNode(trial, entry));
      NameFixture.absentForms(fixture).forEach(path -> absent(trial, path));
    }
    Corners.run(subject, trial);
  }

  @Checks("NAM-2")
  void namesInTheOtherCaseAreNotFound(Subject subject) {
    Trial trial = new Trial();
    for (ListedDirectory directory : ListedDirectory.below(subject.fixture())) {
      Slot fd = directory.open(trial);
      for (Bytes name : directory.names()) {
        Bytes other = Bytes.of(NearMisses.otherCase(name.toArray(), name.length()));
        if (!directory.names().contains(other)) {
          absent(trial, directory, fd, other);
        }
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("NAM-4")
  void namesThatAreNearlyThereAreNotFound(Subject subject) {
    List<FixtureEntry> entries = new ArrayList<>(subject.fixture().walk());
    Collections.shuffle(entries, subject.random());
    Trial trial = new Trial();
    entries.stream()
        .limit(NEAR_MISS_SAMPLE)
        .forEach(entry -> nearMisses(trial, subject.fixture(), entry));
    Trials.run(subject, trial);
  }

  @Checks("NAM-4")
  @NeedsAnyFixture
  void namesThatAreNearlyThoseOfRandomTreesAreNotFound(Subject subject) {
    RandomTrees.look(subject, NEAR_MISSES);
  }

  @Checks("NAM-4")
  void randomNamesAreFoundWhereTheyAre(Subject subject) {
    List<ListedDirectory> directories = ListedDirectory.below(subject.fixture());
    if (directories.isEmpty()) {
      subject.skip("the fixture has no directory");
    }
    Property.check(
        subject,
        Combinators.combine(
                Arbitraries.integers().between(0, directories.size() - 1),
                randomNames().list().ofMinSize(1).ofMaxSize(NAMES_PER_TRY))
            .as((index, names) -> new Lookups(directories.get(index), names)),
        RANDOM_NAME_TRIES,
        NameCases::lookedUp);
  }

  /// Names that are looked up in a directory.
  private record Lookups(ListedDirectory directory, List<Bytes> names) {}

  private static void lookedUp(Trial trial, Lookups lookups) {
    Slot fd = lookups.directory().open(trial);
    for (Bytes name : lookups.names()) {
      if (lookups.directory().names().contains(name)) {
        trial.want(
            trial.calls().fstatat(fd, Arg.raw(name.toArray()), AT_SYMLINK_NOFOLLOW),
            Allowed.success());
      } else {
        absent(trial, lookups.directory(), fd, name);
      }
    }
    trial.calls().close(fd);
  }

  private static Arbitrary<Bytes> randomNames() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(1)
        .ofMaxSize(255)
        .filter(NearMisses::isName)
        .map(Bytes::of);
  }

  /// The node at a name is its own: a link has its target, a file its bytes, a directory opens.
  private static void ownNode(Trial trial, FixtureEntry entry) {
    byte[] path = entry.pathBytes();
    switch (entry.tree()) {
      case Tree.Link(var target) ->
          trial.want(trial.calls().readlink(path), Allowed.bytes(target.toBytes()));
      case Tree.Dir _ ->
          ListedDirectory.of(entry)
              .ifPresent(directory -> trial.calls().close(directory.open(trial)));
      case Tree.File(var content, _) -> {
        Slot fd = trial.want(trial.calls().open(path, O_RDONLY), Allowed.success());
        trial.want(
            trial.calls().pread(fd, READ_BYTES, 0), Allowed.bytes(content.slice(0, READ_BYTES)));
        trial.calls().close(fd);
      }
    }
  }

  /// In a random tree only a directory knows which of its neighbours are there.
  private static void nearMisses(Trial trial, FixtureEntry entry) {
    ListedDirectory.of(entry)
        .ifPresent(
            directory -> directory.names().forEach(name -> nearMisses(trial, directory, name)));
  }

  private static void nearMisses(Trial trial, Fixture fixture, FixtureEntry entry) {
    byte[] path = entry.pathBytes();
    int slash = lastSlash(path);
    if (slash < 0) {
      return;
    }
    byte[] parent = Arrays.copyOf(path, slash);
    fixture
        .find(parent)
        .flatMap(
            tree -> ListedDirectory.of(new FixtureEntry(entry.root(), RawBytes.of(parent), tree)))
        .ifPresent(directory ->
            nearMisses(
                trial, directory, Bytes.of(Arrays.copyOfRange(path, slash + 1, path.length))));
  }

  /// Misses before and after the name itself was found, because both may be cached.
  private static void nearMisses(Trial trial, ListedDirectory directory, Bytes name) {
    List<Bytes> misses =
        NearMisses.of(name.toArray()).stream()
            .filter(miss -> !directory.names().contains(miss))
            .toList();
    Slot fd = directory.open(trial);
    misses.forEach(miss -> absent(trial, directory, fd, miss));
    trial.want(
        trial.calls().fstatat(fd, Arg.raw(name.toArray()), AT_SYMLINK_NOFOLLOW),
        Allowed.that(Listings.shown(name) + " found in " + directory, observed -> observed.ok()));
    misses.forEach(miss -> absent(trial, directory, fd, miss));
    trial.calls().close(fd);
  }

  static void absent(Trial trial, ListedDirectory directory, Operand fd, Bytes name) {
    trial.want(
        trial.calls().fstatat(fd, Arg.raw(name.toArray()), AT_SYMLINK_NOFOLLOW),
        Allowed.that(
            "ENOENT for " + Listings.shown(name) + " in " + directory,
            observed -> observed.errno().equals(Errno.ENOENT)));
  }

  private static void absent(Trial trial, byte[] path) {
    trial.want(trial.calls().lstat(path), Allowed.errno(Errno.ENOENT));
  }

  private static int lastSlash(byte[] path) {
    int at = path.length - 1;
    while (at >= 0 && path[at] != '/') {
      at--;
    }
    return at;
  }
}
