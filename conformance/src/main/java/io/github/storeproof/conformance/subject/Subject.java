package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Prober;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.store.Faults;
import io.github.storeproof.conformance.target.FixtureLimits;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.MountAttempt;
import io.github.storeproof.conformance.target.Obstacle;
import io.github.storeproof.fixtures.Fixture;
import java.time.Duration;
import java.util.function.Supplier;

/// What a case looks at: the target, mounted, with a prober inside. *Confined* to its case.
public interface Subject extends CaseContext {
  /// What the shared mount shows.
  Fixture fixture();

  /// The mount that cases share. It is mounted when first asked for, and again after a hang or the
  /// death of its server.
  LiveMount mount();

  /// Runs a script on the shared mount, by a shared prober, within [#deadline()]. A call that hangs
  /// and a prober that dies end as a [io.github.storeproof.conformance.oracle.Mismatch] that
  /// explains it, and the mount is given up.
  Observations run(Script script);

  /// The same on a mount of the case's own.
  Observations run(LiveMount mount, Script script);

  /// Another prober, in a process of its own; it ends with the case.
  Prober newProber(LiveMount mount);

  /// The same as [#run(Script)] by a prober of [#newProber] within a deadline of its own.
  Observations run(LiveMount mount, Prober prober, Script script, Duration deadline);

  /// Mounts a fixture for this case alone; it is unmounted after it.
  LiveMount fresh(Fixture fixture);

  /// Mounts once more what a mount of this case shows, beside it; it is unmounted after the case.
  LiveMount again(LiveMount mount);

  /// Tries to mount a fixture where an obstacle is; what comes of it is removed again.
  MountAttempt attempt(Fixture fixture, Obstacle obstacle);

  /// A mount that all cases of a lane which ask for a fixture of this name share; made when first asked for.
  LiveMount shared(String name, Supplier<Fixture> fixture);

  /// Which names the target can hold. The fixtures of mounts are without the others.
  FixtureLimits limits();

  /// Adds the paths of a fixture to a store that is mounted, without a remount; see [NeedsRefresh].
  void refresh(LiveMount mount, Fixture additional);

  /// The faults of the store behind a mount, see [NeedsFaults]; whatever is switched on is switched
  /// off when the case ends.
  Faults faults(LiveMount mount);

  /// The same as [#run(LiveMount, Script)] with another deadline.
  Observations run(LiveMount mount, Script script, Duration deadline);
}
