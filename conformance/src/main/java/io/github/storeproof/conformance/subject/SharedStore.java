package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.target.LiveStore;
import io.github.storeproof.conformance.target.TargetException;
import org.jspecify.annotations.Nullable;

/// The store services that cases share: served when first asked for, and anew after their death.
/// *Thread-safe.*
final class SharedStore implements AutoCloseable {
  private final Session session;
  private @Nullable LiveStore store;
  private @Nullable TargetUnavailable gone;

  SharedStore(Session session) {
    this.session = session;
  }

  /// The services; others when the last have died.
  ///
  /// @throws TargetUnavailable when they do not answer, now or at an earlier try
  synchronized LiveStore store() {
    if (gone != null) {
      throw new TargetUnavailable(String.valueOf(gone.getMessage()), gone);
    }
    if (store != null && !store.healthy()) {
      close();
    }
    LiveStore live = store;
    if (live == null) {
      try {
        live = session.target().serve(session.settings().mountDeadline());
      } catch (TargetException e) {
        gone = new TargetUnavailable(String.valueOf(e.getMessage()), e);
        throw gone;
      }
      store = live;
    }
    return live;
  }

  /// What is known of the services, when they died since they were served.
  synchronized @Nullable String epitaph() {
    return store != null && !store.healthy() ? store.diagnosis() : null;
  }

  @Override
  public synchronized void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
