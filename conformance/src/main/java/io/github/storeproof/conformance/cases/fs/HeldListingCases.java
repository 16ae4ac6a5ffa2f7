package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Prober;
import io.github.storeproof.conformance.prober.ProberDied;
import io.github.storeproof.conformance.prober.ProberHung;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.store.Fault;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsFaults;
import io.github.storeproof.conformance.subject.Subject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// A list of all store paths that does not come.
@NeedsFaults
@NeedsAnyFixture
@Needs("list-root")
public final class HeldListingCases {
  private static final Duration ASKED_WITHIN = Duration.ofSeconds(3);
  private static final int BUFFER = 4096;

  @Checks("CON-3")
  void aListOfStorePathsThatNeverComesHoldsUpNoLookup(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    mount.run("right", right());
    mount.faults().listing(new Fault.Holds());
    Prober reader = subject.newProber(mount.mount());
    AtomicBoolean isOpened = new AtomicBoolean();
    try (var _ = Meanwhile.start(() -> list(mount, reader, isOpened))) {
      try {
        mount.faults().awaitHeld(1, subject.patiently(ASKED_WITHIN));
        mount.run("the list of all store paths never comes", others(isOpened.get()));
      } finally {
        mount.faults().clear();
      }
    }
  }

  /// Opens, and then lists, until the list comes or fails.
  private static void list(FaultyMount mount, Prober reader, AtomicBoolean isOpened) {
    Duration limit = mount.subject().patiently(StalledStoreCases.LIMIT);
    try {
      reader.run(Script.of(HeldListingCases::open), limit);
      isOpened.set(true);
      reader.run(Script.of(calls -> calls.getdents(open(calls), BUFFER)), limit);
    } catch (ProberHung | ProberDied e) {
      System.getLogger(HeldListingCases.class.getName())
          .log(System.Logger.Level.DEBUG, "the reader ended", e);
    }
  }

  /// What asks for no list.
  ///
  /// @param isOpened whether opening the root is among it
  private static Trial others(boolean isOpened) {
    Trial others = right();
    others.want(
        others.calls().lstat(CorruptContentCases.madeUp("not-there").basename()),
        Allowed.errno(Errno.ENOENT));
    others.want(others.calls().lstat(""), Allowed.success());
    if (isOpened) {
      others.want(open(others.calls()), Allowed.success());
    }
    return others;
  }

  private static Slot open(Script.Builder calls) {
    return calls.open(new byte[0], O_RDONLY | O_DIRECTORY);
  }

  private static Trial right() {
    Trial trial = new Trial();
    trial.calls().dropCaches();
    FaultyMount.wantRight(trial, Topic.SLOW, "sibling");
    FaultyMount.wantRight(trial, Topic.STALLED, "sibling");
    return trial;
  }
}
