package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.F_OK;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a lookup costs in a huge directory, beside one in a small directory.
@SharesMounts(Corners.FAMILY)
public final class LookupCostCases {
  private static final int LOOKUPS = 1000;
  private static final int MOST_TIMES = 3;
  private static final int ATTEMPTS = 5;
  private static final Duration LONG = Duration.ofSeconds(60);

  /// What a look at one more block or page may cost a kernel filesystem, which answers in a few microseconds.
  private static final long FREE_NANOS = 250_000;

  /// Lookups in both directories take turns, so that whatever else the machine does slows both; a name is looked up once, so
  /// that the kernel knows none. Of several attempts the best one counts.
  @Checks("CON-4")
  @Needs("huge-directories")
  @NeedsAnyFixture
  void aLookupInAHugeDirectoryCostsWhatOneInASmallDirectoryDoes(Subject subject) {
    LiveMount mount = subject.shared(ListingFixture.HUGE, ListingFixture::huge);
    List<Costs> seen = new ArrayList<>();
    while (seen.size() < ATTEMPTS) {
      Costs costs = costs(subject, mount, seen.size());
      if (costs.isFlat()) {
        return;
      }
      seen.add(costs);
    }
    throw new Mismatch(
        "a median of %d lookups among 100,000 entries that is at most %d times that among 8, or %d µs more"
            .formatted(LOOKUPS, MOST_TIMES, FREE_NANOS / 1000),
        "in each of " + ATTEMPTS + " attempts more, such as " + seen.getLast());
  }

  /// Medians in nanoseconds.
  ///
  /// @param small a name that is not among 8
  /// @param missing a name that is not among 100,000
  /// @param found a name that is
  private record Costs(long small, long missing, long found) {
    boolean isFlat() {
      return isFlat(missing) && isFlat(found);
    }

    private boolean isFlat(long nanos) {
      return nanos <= MOST_TIMES * small || nanos - small <= FREE_NANOS;
    }

    @Override
    public String toString() {
      return "%.0f µs for a missing name and %.0f µs for one that is there, against %.0f µs among 8"
          .formatted(missing / 1e3, found / 1e3, small / 1e3);
    }
  }

  private static Costs costs(Subject subject, LiveMount mount, int attempt) {
    List<Bytes> names = List.copyOf(ListingFixture.hugeDirectory().names());
    Trial trial = new Trial();
    trial.calls().dropCaches();
    Slot huge = ListingFixture.hugeDirectory().open(trial);
    Slot small = ListingFixture.smallDirectory().open(trial);
    List<Slot> smalls = new ArrayList<>();
    List<Slot> missing = new ArrayList<>();
    List<Slot> found = new ArrayList<>();
    for (int lookup = 0; lookup < LOOKUPS; lookup++) {
      Arg absent = Arg.raw("absent-" + attempt + "-" + lookup);
      smalls.add(trial.calls().faccessat(small, absent, F_OK));
      missing.add(trial.calls().faccessat(huge, absent, F_OK));
      int at = (attempt * LOOKUPS + lookup) * 17 % names.size();
      found.add(trial.calls().faccessat(huge, Arg.raw(names.get(at).toArray()), F_OK));
    }
    smalls.forEach(slot -> trial.want(slot, Allowed.errno(Errno.ENOENT)));
    missing.forEach(slot -> trial.want(slot, Allowed.errno(Errno.ENOENT)));
    found.forEach(slot -> trial.want(slot, Allowed.success()));
    List<Long> medians = new ArrayList<>();
    trial.run(script -> {
      var answers = subject.run(mount, script, subject.patiently(LONG));
      if (medians.isEmpty()) {
        for (List<Slot> slots : List.of(smalls, missing, found)) {
          medians.add(median(slots.stream().map(answers::at).toList()));
        }
      }
      return answers;
    });
    return new Costs(medians.get(0), medians.get(1), medians.get(2));
  }

  private static long median(List<Observation> observed) {
    return observed.stream()
        .mapToLong(Observation::nanos)
        .sorted()
        .skip(observed.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
