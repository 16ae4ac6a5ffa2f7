package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.prober.Prober;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The mount and the prober that cases share: made when first asked for, and anew after a hang or a
/// death. *Thread-safe.*
final class SharedMount implements AutoCloseable {
  private final Session session;
  private final Supplier<Fixture> fixture;
  private @Nullable LiveMount mount;
  private @Nullable Prober prober;
  private @Nullable TargetException gone;

  SharedMount(Session session, Supplier<Fixture> fixture) {
    this.session = session;
    this.fixture = fixture;
  }

  /// The mount; a new one when the last was given up or has died.
  ///
  /// @throws TargetUnavailable when it cannot be mounted, now or at an earlier try; where the target does not claim what the
  ///     fixture needs, the case is skipped
  synchronized LiveMount mount() {
    if (gone != null) {
      throw session.unavailable(gone);
    }
    if (mount != null && !mount.healthy()) {
      giveUp();
    }
    LiveMount live = mount;
    if (live == null) {
      try {
        live = session.target().start(fixture.get(), session.settings().mountDeadline());
      } catch (TargetException e) {
        gone = e;
        throw session.unavailable(e);
      }
      mount = live;
    }
    return live;
  }

  /// The prober in the mount.
  synchronized Prober prober() {
    LiveMount live = mount();
    Prober running = prober;
    if (running == null) {
      running = session.probers().in(live);
      prober = running;
    }
    return running;
  }

  /// Whether it is this one.
  synchronized boolean is(LiveMount other) {
    return mount == other;
  }

  /// What is known of the mount, when it died since it was made.
  synchronized @Nullable String epitaph() {
    return mount != null && !mount.healthy() ? mount.diagnosis() : null;
  }

  /// Ends the mount by force; the next case gets another.
  synchronized void giveUp() {
    if (mount != null) {
      mount.abort();
    }
    close();
  }

  /// Gives the prober back; the next script gets another.
  private void dropProber() {
    if (prober != null) {
      session.probers().giveBack(prober);
      prober = null;
    }
  }

  @Override
  public synchronized void close() {
    dropProber();
    if (mount != null) {
      mount.close();
      mount = null;
    }
  }
}
