package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.F_OK;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsRoot;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.MountServer;
import io.github.storeproof.fixtures.Fixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What the processes of the server hold on to: descriptors and memory.
@Needs("server-pid")
@SharesMounts(Corners.FAMILY)
public final class ServerResourceCases {
  private static final int OPENS = 10_000;
  private static final int FREE_DESCRIPTORS = 64;
  private static final Duration RELEASED_WITHIN = Duration.ofSeconds(3);
  private static final int PAUSE_MILLIS = 50;
  private static final int LOOKUPS = 5000;
  private static final int THREADS = 2;
  private static final int MOST_ROUNDS = 16;
  private static final int LEAK_BYTES = 512;
  private static final Duration LONG = Duration.ofSeconds(60);

  @Checks("HND-3")
  void descriptorsOfTheServerStayBounded(Subject subject) {
    MountServer server = server(subject, subject.mount());
    HandleCases.Churn churn = HandleCases.Churn.of(subject, OPENS);
    open(subject, churn.withOpens(1));
    long before = descriptors(subject, server);
    open(subject, churn);
    long end = System.nanoTime() + subject.patiently(RELEASED_WITHIN).toNanos();
    long after = descriptors(subject, server);
    // The kernel sends RELEASE after close has returned.
    while (after > before + FREE_DESCRIPTORS && System.nanoTime() < end) {
      Trial wait = new Trial();
      wait.want(wait.calls().sleep(PAUSE_MILLIS), Allowed.success());
      Trials.run(subject, wait);
      after = descriptors(subject, server);
    }
    if (after > before + FREE_DESCRIPTORS) {
      throw new Mismatch(
          "at most %d descriptors of the server more after %d opens and closes"
              .formatted(FREE_DESCRIPTORS, churn.opens()),
          "%d descriptors, and %d before".formatted(after, before));
    }
  }

  private static void open(Subject subject, HandleCases.Churn churn) {
    Trial trial = new Trial();
    churn.want(trial, "opens of files and half-read directories");
    Trials.run(subject, trial);
  }

  private static long descriptors(Subject subject, MountServer server) {
    OptionalLong count = server.descriptorCount();
    if (count.isEmpty()) {
      subject.skip(
          "the descriptors of the server's processes " + server.pids() + " cannot be seen");
    }
    return count.orElseThrow();
  }

  /// Names are looked up and forgotten in rounds. Memory may grow at first, to the size that a heap likes to have; it leaks
  /// when every round makes it grow.
  @Checks("HND-4")
  @Needs({"server-pid", "huge-directories"})
  @NeedsAnyFixture
  @NeedsRoot
  void memoryOfTheServerIsGivenBackByForget(Subject subject) {
    LiveMount mount = subject.shared(ListingFixture.HUGE, ListingFixture::huge);
    MountServer server = server(subject, mount);
    ListedDirectory directory = ListingFixture.hugeDirectory();
    lookUpAndForget(subject, mount, directory, 0);
    List<Long> growthBytes = new ArrayList<>();
    long before = server.residentBytes();
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      lookUpAndForget(subject, mount, directory, round);
      long after = server.residentBytes();
      if (after - before < (long) LEAK_BYTES * LOOKUPS) {
        return;
      }
      growthBytes.add(after - before);
      before = after;
    }
    throw new Mismatch(
        "resident memory of the server that stops growing while names are looked up and forgotten,"
            + " in rounds of "
            + LOOKUPS,
        "growth in KiB, round by round: "
            + growthBytes.stream().map(bytes -> bytes >> 10).toList()
            + ", now "
            + (before >> 20)
            + " MiB");
  }

  private static void lookUpAndForget(
      Subject subject, LiveMount mount, ListedDirectory directory, int round) {
    List<Bytes> names = List.copyOf(directory.names());
    Trial trial = new Trial();
    Slot fd = directory.open(trial);
    Slot threads =
        trial
            .calls()
            .parallel(
                THREADS,
                1,
                (calls, thread) -> {
                  int first = round * LOOKUPS + thread * (LOOKUPS / THREADS);
                  lookUp(calls, fd, names, first);
                });
    trial.want(threads, Allowed.success());
    trial.want(trial.calls().dropCaches(), Allowed.success());
    trial.run(script -> subject.run(mount, script, subject.patiently(LONG)));
  }

  private static void lookUp(Script.Builder calls, Slot directory, List<Bytes> names, int first) {
    for (int number = first; number < first + LOOKUPS / THREADS; number++) {
      Bytes name = names.get(number % names.size());
      calls.faccessat(directory, Arg.raw(name.toArray()), F_OK);
    }
  }

  private static MountServer server(Subject subject, LiveMount mount) {
    if (mount.server().isEmpty()) {
      subject.skip("the mount command does not stay, so there is no server to watch");
    }
    return mount.server().orElseThrow();
  }
}
