package io.github.storeproof.conformance.oracle;

import java.util.concurrent.locks.ReentrantLock;
import net.jqwik.api.sessions.JqwikSession;

/// Sessions of jqwik outside of its own engine. Its stores belong to one session at a time, so lanes take turns.
final class Jqwik {
  private static final ReentrantLock TURN = new ReentrantLock();

  private Jqwik() {}

  /// Runs the work in a session, when no other lane is in one.
  static void run(JqwikSession.Runnable work) {
    TURN.lock();
    try {
      JqwikSession.run(work);
    } finally {
      TURN.unlock();
    }
  }
}
