package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.SEEK_CUR;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// getdents64 after lseek: to where an earlier listing was, and to where none was.
public final class ListingOffsetCases {
  private static final int MOST_SEEKS = 40;
  private static final int SAMPLE = 60;
  private static final int RESUMED_BYTES = 1024;
  private static final int TOO_SMALL_BYTES = 23;
  private static final List<Long> BAD_OFFSETS =
      List.of(
          1L,
          2L,
          3L,
          7L,
          999_999L,
          (1L << 31) - 1,
          1L << 31,
          (1L << 32) - 1,
          1L << 32,
          (1L << 32) + 1,
          1L << 62,
          Long.MAX_VALUE,
          -1L,
          -2L,
          Long.MIN_VALUE);

  @Checks("DIR-5")
  void seekingToAnEntryGoesOnBehindIt(Subject subject) {
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .ofAtLeast(1)
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          Slot listing = trial.calls().listAll(fd, 32_768, directory.mostCalls());
          resumeEverywhere(trial, directory, fd, listing, random);
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-5")
  void seekingGoesOnAfterDroppingCaches(Subject subject) {
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .ofAtLeast(1)
        .<List<Slot>>lookAroundDroppingCaches(
            (trial, directory) -> {
              Slot fd = directory.open(trial);
              return List.of(
                  fd,
                  trial
                      .calls()
                      .listAll(fd, directory.smallestBufferBytes(), directory.mostCalls()));
            },
            (trial, directory, before) -> {
              resumeEverywhere(trial, directory, before.getFirst(), before.get(1), random);
              trial.calls().close(before.getFirst());
            });
  }

  @Checks("DIR-5")
  void theRestOfAListingFollowsASeek(Subject subject) {
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .ofAtLeast(1)
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          Slot listing = trial.calls().listAll(fd, 32_768, directory.mostCalls());
          for (int entry : chosen(directory.names().size(), 4, random)) {
            Slot seek = trial.calls().seekdirBehind(fd, listing, entry);
            Slot rest =
                trial
                    .calls()
                    .listAll(
                        fd, Math.max(280, directory.smallestBufferBytes()), directory.mostCalls());
            Resumption.all(trial, directory, entry, List.of(listing, seek, rest));
          }
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-5")
  void rewindingStartsAgain(Subject subject) {
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          for (int callsBefore = 0; callsBefore < 4; callsBefore++) {
            int size = random.nextInt(directory.smallestBufferBytes(), 5000);
            for (int call = 0; call < callsBefore; call++) {
              trial.calls().getdents(fd, size);
            }
            completeAfterRewind(trial, directory, fd, size);
          }
          completeAfterRewind(trial, directory, fd, 32_768);
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-5")
  void anotherStreamOfTheDirectoryDoesNotMoveThisOne(Subject subject) {
    ListingTrials.everywhere(subject)
        .ofAtLeast(2)
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          Slot listing = trial.calls().listAll(fd, 32_768, directory.mostCalls());
          int entry = directory.names().size() / 2;
          Slot seek = trial.calls().seekdirBehind(fd, listing, entry);
          ListingCases.complete(trial, directory, directory.smallestBufferBytes());
          Slot rest = trial.calls().listAll(fd, 4096, directory.mostCalls());
          Resumption.all(trial, directory, entry, List.of(listing, seek, rest));
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-5")
  void randomListingScriptsFollowTheModel(Subject subject) {
    RandomStreams.look(subject);
  }

  @Checks("DIR-6")
  void badOffsetsAreRefusedOrEndTheListing(Subject subject) {
    ListingTrials.everywhere(subject)
        .sample(SAMPLE, subject.random())
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          for (long offset : BAD_OFFSETS) {
            seekAnywhere(
                trial, directory, trial.calls().seekdir(fd, offset), fd, "lseek to " + offset);
          }
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-6")
  void offsetsBesideThoseOfEntriesDoNoHarm(Subject subject) {
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .ofAtLeast(1)
        .sample(SAMPLE, random)
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          Slot listing = trial.calls().listAll(fd, 32_768, directory.mostCalls());
          for (int entry : chosen(directory.names().size(), 3, random)) {
            for (int distance : List.of(1, -1)) {
              trial.calls().seekdirBehind(fd, listing, entry);
              Slot beside = trial.calls().lseek(fd, distance, SEEK_CUR);
              seekAnywhere(
                  trial,
                  directory,
                  beside,
                  fd,
                  "lseek by " + distance + " from the d_off of an entry");
            }
          }
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-6")
  void listingAnythingButADirectoryIsRefused(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.File,
        (trial, entry) -> {
          Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
          trial.want(
              trial.calls().getdents(fd, 4096),
              Allowed.that(
                  "ENOTDIR from getdents64 on the file " + entry,
                  observed -> observed.errno().equals(Errno.ENOTDIR)));
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-6")
  void buffersTooSmallForAnEntryAreRefusedAndLoseNothing(Subject subject) {
    ListingTrials.everywhere(subject)
        .ofAtLeast(1)
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          for (int size : List.of(0, 1, TOO_SMALL_BYTES)) {
            trial.want(
                trial.calls().getdents(fd, size),
                Allowed.that(
                    "EINVAL from getdents64 with " + size + " bytes for " + directory,
                    observed -> observed.errno().equals(Errno.EINVAL)));
          }
          Slot listing = trial.calls().listAll(fd, 4096, directory.mostCalls());
          trial.want(
              "each of the "
                  + directory.names().size()
                  + " entries of "
                  + directory
                  + " once, after buffers that were too small",
              List.of(listing),
              Listings.complete(directory));
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-6")
  void aBufferTooSmallForTheNextNameLosesNothing(Subject subject) {
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .ofAtLeast(1)
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          List<Slot> parts = new ArrayList<>();
          for (int call = 0; call < 8; call++) {
            int size = random.nextInt(24, directory.smallestBufferBytes() + 1);
            Slot part = trial.calls().getdents(fd, size);
            trial.want(
                part,
                Allowed.that(
                    "entries of "
                        + directory
                        + ", the end, or EINVAL where the next does not fit "
                        + size
                        + " bytes",
                    observed -> observed.ok() || observed.errno().equals(Errno.EINVAL)));
            parts.add(part);
          }
          parts.add(trial.calls().listAll(fd, 4096, directory.mostCalls()));
          trial.calls().close(fd);
          trial.want(
              "each of the "
                  + directory.names().size()
                  + " entries of "
                  + directory
                  + " once, with buffers that are too small for some",
              parts,
              observed ->
                  Listings.complete(directory)
                      .deviation(
                          observed.stream()
                              .filter(each -> !each.errno().equals(Errno.EINVAL))
                              .toList()));
        });
  }

  /// After a seek to any place: the seek is refused or not, and a listing from there shows nothing
  /// that is wrong; a rewind heals all.
  private static void seekAnywhere(
      Trial trial, ListedDirectory directory, Slot seek, Slot fd, String words) {
    trial.want(
        seek,
        Allowed.that(
            "success or EINVAL for an " + words + " in " + directory,
            observed -> observed.ok() || observed.errno().equals(Errno.EINVAL)));
    Slot part = trial.calls().getdents(fd, 4096);
    trial.want(
        "the end, EINVAL or entries of " + directory + " after an " + words,
        List.of(part),
        observed ->
            observed.getFirst().errno().equals(Errno.EINVAL)
                ? java.util.Optional.empty()
                : Listings.part(directory).deviation(observed));
    completeAfterRewind(trial, directory, fd, 32_768);
  }

  /// Adds a seek to the start, and a listing that must be complete.
  static void completeAfterRewind(
      Trial trial, ListedDirectory directory, Slot fd, int bufferBytes) {
    Slot rewind = trial.want(trial.calls().seekdir(fd, 0), Allowed.result(0));
    Slot listing = trial.calls().listAll(fd, bufferBytes, directory.mostCalls());
    trial.want(
        "each of the "
            + directory.names().size()
            + " entries of "
            + directory
            + " once after rewinding",
        List.of(rewind, listing),
        observed -> Listings.complete(directory).deviation(observed.subList(1, 2)));
  }

  /// Seeks to many entries in each of three orders, and looks at what follows.
  private static void resumeEverywhere(
      Trial trial, ListedDirectory directory, Slot fd, Slot listing, Random random) {
    List<Integer> forward = chosen(directory.names().size(), MOST_SEEKS, random);
    List<Integer> order = new ArrayList<>(forward);
    order.addAll(forward.reversed());
    List<Integer> shuffled = new ArrayList<>(forward);
    Collections.shuffle(shuffled, random);
    order.addAll(shuffled);
    int size = Math.max(RESUMED_BYTES, directory.smallestBufferBytes());
    for (int entry : order) {
      Slot seek = trial.calls().seekdirBehind(fd, listing, entry);
      Slot next = trial.calls().getdents(fd, size);
      Resumption.next(trial, directory, entry, List.of(listing, seek, next));
    }
  }

  /// Some numbers below a count, ascending; all of them when they are few, and always the first and
  /// the last.
  private static List<Integer> chosen(int count, int most, Random random) {
    List<Integer> all = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      all.add(number);
    }
    if (count <= most) {
      return all;
    }
    List<Integer> inner = all.subList(1, count - 1);
    Collections.shuffle(inner, random);
    List<Integer> some = new ArrayList<>(inner.subList(0, most - 2));
    some.add(0);
    some.add(count - 1);
    Collections.sort(some);
    return some;
  }
}
