package io.github.storeproof.conformance.store;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Calls that wait for an answer. *Thread-safe.*
final class HeldCalls {
  private final Set<Held> calls = new LinkedHashSet<>();

  /// A call that can go on or fail.
  interface Held {
    void proceed();

    void fail();
  }

  synchronized void add(Held call) {
    calls.add(call);
    notifyAll();
  }

  /// Its client has given up.
  synchronized void remove(Held call) {
    calls.remove(call);
  }

  /// Whether there are so many, as soon as there are.
  synchronized boolean await(int count, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (calls.size() < count) {
      long restMillis = (end - System.nanoTime()) / 1_000_000;
      if (restMillis <= 0) {
        return false;
      }
      try {
        wait(restMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  void release() {
    taken().forEach(Held::proceed);
  }

  void fail() {
    taken().forEach(Held::fail);
  }

  private synchronized List<Held> taken() {
    List<Held> all = List.copyOf(calls);
    calls.clear();
    return all;
  }
}
