package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.NAME_MAX;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.PATH_MAX;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Operand;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Names and paths of extreme length, and the names `.` and `..`.
@SharesMounts(Corners.FAMILY)
public final class NameLengthCases {
  private static final List<Integer> TOO_LONG =
      List.of(256, 257, 300, 511, 512, 1000, 1023, 1024, 1025, 2048, 4000);
  private static final int MOST_DIRECTORIES = 300;

  @Checks("NAM-3")
  @NeedsAnyFixture
  @Needs("every-name")
  void namesOfUpTo255BytesAreFound(Subject subject) {
    Fixture fixture = NameFixture.longNames();
    Trial trial = new Trial();
    trial.calls().dropCaches();
    ListedDirectory.below(fixture)
        .forEach(directory -> ListingCases.complete(trial, directory, 4096));
    for (FixtureEntry entry : fixture.walk()) {
      if (entry.tree() instanceof Tree.Link(var target)) {
        trial.want(trial.calls().readlink(entry.pathBytes()), Allowed.bytes(target.toBytes()));
      }
    }
    Corners.run(subject, trial);
  }

  @Checks("NAM-3")
  @NeedsAnyFixture
  @Needs("every-name")
  void namesThatBeginWithAnExistingNameOf255BytesAreNotFound(Subject subject) {
    Fixture fixture = NameFixture.longNames();
    byte[] directory = fixture.path("long-names", "names");
    Trial trial = new Trial();
    Slot fd = trial.want(trial.calls().open(directory, O_RDONLY), Allowed.success());
    for (byte last : new byte[] {'a', 'b'}) {
      byte[] longest = NameFixture.longName(NAME_MAX, last);
      for (String more : List.of("a", "x", "aaaaaaaa", "x".repeat(300))) {
        tooLong(trial, fd, joined(longest, more));
        trial.want(
            trial.calls().fstatat(fd, Arg.raw(longest), AT_SYMLINK_NOFOLLOW), Allowed.success());
        tooLong(trial, fd, joined(longest, more));
      }
    }
    Corners.run(subject, trial);
  }

  @Checks("NAM-3")
  void longerNamesAreNotFoundAnywhere(Subject subject) {
    Trial trial = new Trial();
    for (int length : TOO_LONG) {
      tooLong(trial, Arg.rootDir(), NameFixture.longName(length, (byte) 'x'));
    }
    List<ListedDirectory> directories = ListedDirectory.below(subject.fixture());
    for (ListedDirectory directory :
        directories.subList(0, Math.min(MOST_DIRECTORIES, directories.size()))) {
      Slot fd = directory.open(trial);
      for (int length : List.of(256, 1024, 1025)) {
        tooLong(trial, fd, NameFixture.longName(length, (byte) 'x'));
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("NAM-3")
  void pathsOf4096BytesAreTooLong(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : subject.fixture().walk().stream().limit(60).toList()) {
      byte[] path = entry.pathBytes();
      trial.want(
          lstat(trial, padded(path, PATH_MAX - 1)),
          Allowed.that("success for a path of 4095 bytes", o -> o.ok()));
      trial.want(
          lstat(trial, padded(path, PATH_MAX)),
          Allowed.that(
              "ENAMETOOLONG for a path of 4096 bytes", o -> o.errno().equals(Errno.ENAMETOOLONG)));
    }
    if (trial.isEmpty()) {
      subject.skip("the fixture has no node");
    }
    Trials.run(subject, trial);
  }

  @Checks("NAM-5")
  void dotAndDotDotResolveInEveryDirectory(Subject subject) {
    Trial trial = new Trial();
    for (ListedDirectory directory : ListedDirectory.below(subject.fixture())) {
      byte[] path = directory.path().toArray();
      want(trial, "itself at \".\" in " + directory, path, joined(path, "/."));
      want(
          trial,
          "the directory above at \"..\" in " + directory,
          parent(path),
          joined(path, "/.."));
      want(
          trial,
          "the same node at \"./..\" and \"..\" in " + directory,
          joined(path, "/.."),
          joined(path, "/./.."));
    }
    trial.want(trial.calls().lstat("."), Allowed.success());
    trial.want(trial.calls().lstat(".."), Allowed.success());
    Trials.run(subject, trial);
  }

  @Checks("NAM-5")
  void dotAndDotDotAreListedAsDirectoriesIfAtAll(Subject subject) {
    ListingTrials.everywhere(subject)
        .look((trial, directory) ->
            trial.want(
                "\".\" and \"..\" of "
                    + directory
                    + " with the type of a directory, where they are listed",
                List.of(directory.list(trial, 32_768)),
                observed -> wrongDots(observed.getFirst())));
  }

  private static Optional<String> wrongDots(Observation listing) {
    return Decoded.dirents(listing).stream()
        .filter(entry -> entry.isDot() && entry.type() != 0 && entry.type() != 4)
        .findFirst()
        .map(entry -> Listings.shown(entry.name()) + " with d_type " + entry.type());
  }

  private static void want(Trial trial, String words, byte[] path, byte[] otherPath) {
    List<Slot> slots = new ArrayList<>();
    slots.add(trial.calls().lstat(path));
    slots.add(trial.calls().lstat(otherPath));
    trial.want(
        words,
        slots,
        observed ->
            Decoded.firstError(observed)
                .or(() -> {
                  var one = Decoded.stat(observed.getFirst());
                  var other = Decoded.stat(observed.get(1));
                  return one.ino() == other.ino() && one.dev() == other.dev()
                      ? Optional.empty()
                      : Optional.of("st_ino " + other.ino() + ", want " + one.ino());
                }));
  }

  private static void tooLong(Trial trial, Operand directory, byte[] name) {
    Allowed allowed =
        Allowed.that(
            "ENAMETOOLONG or ENOENT for a name of " + name.length + " bytes",
            observed ->
                observed.errno().equals(Errno.ENAMETOOLONG)
                    || observed.errno().equals(Errno.ENOENT));
    trial.want(trial.calls().fstatat(directory, Arg.raw(name), AT_SYMLINK_NOFOLLOW), allowed);
    trial.want(trial.calls().openat(directory, name, O_RDONLY), allowed);
  }

  /// Below a descriptor of the root, so that the path of the mount point does not count.
  private static Slot lstat(Trial trial, byte[] path) {
    return trial.calls().fstatat(Arg.rootDir(), Arg.raw(path), AT_SYMLINK_NOFOLLOW);
  }

  /// The same path in so many bytes: `./` and slashes in front.
  private static byte[] padded(byte[] path, int lengthBytes) {
    ByteArrayOutputStream padded = new ByteArrayOutputStream(lengthBytes);
    padded.write('.');
    while (padded.size() + path.length < lengthBytes) {
      padded.write('/');
    }
    padded.writeBytes(path);
    return padded.toByteArray();
  }

  private static byte[] parent(byte[] path) {
    int at = path.length - 1;
    while (at >= 0 && path[at] != '/') {
      at--;
    }
    return Arrays.copyOf(path, Math.max(at, 0));
  }

  private static byte[] joined(byte[] first, String second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second.getBytes(StandardCharsets.UTF_8));
    return both.toByteArray();
  }
}
