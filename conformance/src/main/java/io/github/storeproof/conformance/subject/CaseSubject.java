package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.oracle.Pruning;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Prober;
import io.github.storeproof.conformance.prober.ProberDied;
import io.github.storeproof.conformance.prober.ProberHung;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.store.Faults;
import io.github.storeproof.conformance.target.FixtureLimits;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.MountAttempt;
import io.github.storeproof.conformance.target.Obstacle;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// The subject of one case. *Confined* to it.
final class CaseSubject extends RunContext implements Subject {
  private final Lane lane;
  private final Session session;
  private final String caseId;
  private final List<LiveMount> mounts = new ArrayList<>();
  private final Map<LiveMount, Prober> probers = new IdentityHashMap<>();
  private final List<Prober> ownProbers = new ArrayList<>();
  private final Set<Faults> faults = new HashSet<>();
  private @Nullable Fixture lastSeen;

  CaseSubject(Lane lane, String caseId) {
    super(lane.session(), caseId);
    this.lane = lane;
    this.session = lane.session();
    this.caseId = caseId;
  }

  @Override
  public Fixture fixture() {
    return session.fixture();
  }

  @Override
  public LiveMount mount() {
    return lane.shared().mount();
  }

  @Override
  public Observations run(Script script) {
    return run(mount(), script);
  }

  @Override
  public Observations run(LiveMount mount, Script script) {
    return run(mount, script, deadline());
  }

  @Override
  public Observations run(LiveMount mount, Script script, Duration deadline) {
    return run(mount, proberIn(mount), script, deadline);
  }

  private Prober proberIn(LiveMount mount) {
    return lane.holderOf(mount)
        .map(SharedMount::prober)
        .orElseGet(() -> probers.computeIfAbsent(mount, session.probers()::in));
  }

  @Override
  public Observations run(LiveMount mount, Prober prober, Script script, Duration deadline) {
    lastSeen = mount.fixture();
    try (KernelCaches.Hold _ = KernelCaches.during(script)) {
      return prober.run(script, deadline);
    } catch (ProberHung hung) {
      session.countHang();
      Mismatch mismatch = Explanations.hung(hung, script, mount, deadline);
      giveUp(mount);
      throw mismatch;
    } catch (ProberDied died) {
      Mismatch mismatch = Explanations.died(died, script, mount);
      giveUp(mount);
      throw mismatch;
    }
  }

  private void giveUp(LiveMount mount) {
    lane.holderOf(mount).ifPresentOrElse(SharedMount::giveUp, mount::abort);
  }

  @Override
  public Prober newProber(LiveMount mount) {
    Prober prober = session.probers().in(mount);
    ownProbers.add(prober);
    return prober;
  }

  @Override
  public LiveMount fresh(Fixture fixture) {
    if (!session.target().takesAnyFixture()) {
      skip("the case mounts a fixture of its own, and the target is already mounted");
    }
    // The shared mount comes first, so that a target that cannot be mounted at all is an error and
    // not a failed rule.
    mount();
    try {
      LiveMount mount =
          session.target().start(limits().fit(fixture), session.settings().mountDeadline());
      mounts.add(mount);
      return mount;
    } catch (TargetException e) {
      throw new Mismatch(
          "a mount that shows the fixture '"
              + fixture.name()
              + "' within "
              + session.settings().mountDeadline().toSeconds()
              + " s",
          String.valueOf(e.getMessage()));
    }
  }

  @Override
  public LiveMount again(LiveMount mount) {
    try {
      LiveMount second = mount.again(session.settings().mountDeadline());
      mounts.add(second);
      return second;
    } catch (TargetException e) {
      throw new Mismatch("a second mount of the same store", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public MountAttempt attempt(Fixture fixture, Obstacle obstacle) {
    if (!session.target().meets(obstacle)) {
      skip("the mount command of the profile cannot meet " + obstacle.words());
    }
    mount();
    try {
      return session.target().attempt(fixture, obstacle, session.settings().deadline());
    } catch (TargetException e) {
      throw new TargetUnavailable(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public LiveMount shared(String name, Supplier<Fixture> fixture) {
    if (!session.target().takesAnyFixture()) {
      skip("the case mounts a fixture of its own, and the target is already mounted");
    }
    mount();
    return lane.shared(name, fixture).mount();
  }

  @Override
  public FixtureLimits limits() {
    return session.limits();
  }

  @Override
  public void refresh(LiveMount mount, Fixture additional) {
    if (!mount.refreshable()) {
      skip(
          "the profile has no 'refresh' in [populate], so paths cannot be added to a mounted"
              + " store");
    }
    try {
      mount.refresh(additional);
    } catch (TargetException e) {
      throw new TargetUnavailable(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Faults faults(LiveMount mount) {
    Optional<Faults> found = mount.faults();
    if (found.isEmpty()) {
      throw new TestAbortedException(NeedsFaults.REASON);
    }
    faults.add(found.get());
    return found.get();
  }

  /// A mismatch together with the tree that its script is about, so that it can be replayed: what the script names of the
  /// fixture that was looked at last, or all of that where it names nothing and the fixture is the case's own.
  Mismatch withTree(Mismatch mismatch) {
    Fixture seen = lastSeen;
    if (seen == null || mismatch.script().isEmpty() || mismatch.fixture().isPresent()) {
      return mismatch;
    }
    Fixture named = Pruning.to(seen, mismatch.script().get());
    if (!named.roots().isEmpty()) {
      return mismatch.with(named);
    }
    return seen == session.fixture() ? mismatch : mismatch.with(seen);
  }

  /// The id of the case.
  String caseId() {
    return caseId;
  }

  @Override
  public void close() {
    super.close();
    faults.forEach(Faults::clear);
    ownProbers.forEach(session.probers()::giveBack);
    probers.values().forEach(session.probers()::giveBack);
    mounts.forEach(LiveMount::close);
  }
}
