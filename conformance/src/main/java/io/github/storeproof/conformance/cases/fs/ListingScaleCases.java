package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Fixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Directories that are very wide, very deep or empty.
@SharesMounts(Corners.FAMILY)
public final class ListingScaleCases {
  private static final Duration HUGE = Duration.ofSeconds(60);
  private static final int LOOKUPS = 500;
  private static final int LOOKUP_STEP = 199;

  @Costs(9)
  @Checks("DIR-8")
  @Needs("huge-directories")
  @NeedsAnyFixture
  void aHundredThousandEntriesAreListed(Subject subject) {
    LiveMount mount = subject.shared(ListingFixture.HUGE, ListingFixture::huge);
    for (ListedDirectory directory : ListedDirectory.below(mount.fixture())) {
      for (int size : List.of(280, 4096, 32_768, 1 << 20)) {
        Trial trial = new Trial();
        ListingCases.complete(trial, directory, size);
        trial.run(script -> subject.run(mount, script, subject.patiently(HUGE)));
      }
      Trial trial = new Trial();
      ListingCases.ownOffsets(trial, directory, 32_768);
      lookUpSome(trial, directory);
      trial.run(script -> subject.run(mount, script, subject.patiently(HUGE)));
    }
  }

  @Checks("DIR-8")
  void emptyDirectoriesListNothing(Subject subject) {
    ListingTrials trials = ListingTrials.everywhere(subject).ofAtMost(0);
    if (trials.isEmpty()) {
      subject.skip("the fixture has no empty directory");
    }
    trials.look(
        trial -> trial.calls().dropCaches(),
        (trial, directory) -> {
          for (int size : List.of(directory.smallestBufferBytes(), 280, 4096, 32_768)) {
            ListingCases.complete(trial, directory, size);
          }
          Slot fd = directory.open(trial);
          trial.calls().listAll(fd, 4096, directory.mostCalls());
          for (int again = 0; again < 2; again++) {
            trial.want(trial.calls().getdents(fd, 4096), Allowed.result(0));
          }
          trial.calls().close(fd);
        });
  }

  @Checks("DIR-8")
  @NeedsAnyFixture
  void aThousandLevelsAreWalkedDownAndUp(Subject subject) {
    Fixture fixture = ListingFixture.deep();
    Trial trial = new Trial();
    List<Slot> attributes = new ArrayList<>();
    Slot fd = trial.calls().open(fixture.path("deep"), O_RDONLY | O_DIRECTORY);
    attributes.add(trial.calls().fstat(fd));
    for (int level = 1; level < ListingFixture.LEVELS; level++) {
      fd = step(trial, fd, "d", level);
      attributes.add(trial.calls().fstat(fd));
    }
    bottom(trial, fd, fixture);
    for (int level = ListingFixture.LEVELS - 2; level >= 0; level--) {
      fd = step(trial, fd, "..", level);
      trial.want(
          "the directory of level " + level + " above the one below it",
          List.of(attributes.get(level), trial.calls().fstat(fd)),
          ListingScaleCases::sameNode);
    }
    Corners.run(subject, trial);
  }

  private static Slot step(Trial trial, Slot from, String name, int level) {
    Slot fd = trial.calls().openat(from, name, O_RDONLY | O_DIRECTORY);
    trial.want(
        fd,
        Allowed.that("\"" + name + "\" to level " + level + " opens", observed -> observed.ok()));
    trial.calls().close(from);
    return fd;
  }

  private static void bottom(Trial trial, Slot fd, Fixture fixture) {
    ListedDirectory bottom = ListedDirectory.below(fixture).getLast();
    Slot listing = trial.calls().listAll(fd, 4096, bottom.mostCalls());
    trial.want(
        "the entries of the directory at the bottom", List.of(listing), Listings.complete(bottom));
  }

  private static Optional<String> sameNode(List<Observation> observed) {
    return Decoded.firstError(observed)
        .or(() -> {
          long down = Decoded.stat(observed.getFirst()).ino();
          long up = Decoded.stat(observed.get(1)).ino();
          return down == up
              ? Optional.empty()
              : Optional.of("st_ino " + up + ", and " + down + " on the way down");
        });
  }

  private static void lookUpSome(Trial trial, ListedDirectory directory) {
    Slot fd = directory.open(trial);
    List<Bytes> names = List.copyOf(directory.names());
    for (int number = 0; number < LOOKUPS; number++) {
      Bytes name = names.get(number * LOOKUP_STEP % names.size());
      trial.want(
          trial.calls().fstatat(fd, Arg.raw(name.toArray()), AT_SYMLINK_NOFOLLOW),
          Allowed.that(Listings.shown(name) + " found in " + directory, observed -> observed.ok()));
      trial.want(
          trial.calls().fstatat(fd, Arg.raw(name + "0"), AT_SYMLINK_NOFOLLOW),
          Allowed.that(
              "ENOENT for \"" + name + "0\"", observed -> observed.errno().equals(Errno.ENOENT)));
    }
    trial.calls().close(fd);
  }
}
