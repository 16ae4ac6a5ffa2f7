package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.prober.Prober;
import io.github.storeproof.conformance.target.LiveMount;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// The probers of a session. One that a case has done with works in the next mount: a start costs a
/// JVM, a move nothing, and an idle prober holds nothing of its last mount. *Thread-safe.*
public final class Probers implements AutoCloseable {
  private static final int MAX_IDLE = 4;

  private final Deque<Prober> idle = new ArrayDeque<>();

  /// None yet.
  public Probers() {}

  /// A prober in a mount.
  ///
  /// @throws IllegalStateException when no process can be started, which is no fault of the target
  synchronized Prober in(LiveMount mount) {
    for (Prober prober = idle.poll(); prober != null; prober = idle.poll()) {
      if (prober.isAlive()) {
        prober.moveTo(mount.root());
        return prober;
      }
      prober.close();
    }
    try {
      return Prober.start(mount.root());
    } catch (IOException e) {
      throw new IllegalStateException("cannot start a prober: " + e.getMessage(), e);
    }
  }

  /// Takes back a prober that nobody uses any more, alive or not.
  synchronized void giveBack(Prober prober) {
    if (idle.size() < MAX_IDLE && prober.isAlive()) {
      idle.push(prober);
    } else {
      prober.close();
    }
  }

  @Override
  public synchronized void close() {
    idle.forEach(Prober::close);
    idle.clear();
  }
}
