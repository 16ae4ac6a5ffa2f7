package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import java.time.Duration;
import java.util.List;

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
