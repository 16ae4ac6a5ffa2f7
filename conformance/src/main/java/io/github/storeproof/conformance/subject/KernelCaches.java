package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Script;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The kernel's caches, which all runs on this machine share: many may drop them at a time, or one case keeps them. *Thread-safe.*
final class KernelCaches {
  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock(true);
  private static final OtherProcesses OTHERS = OtherProcesses.ofThisMachine();

  private KernelCaches() {}

  /// The right to run a script; closing it gives it back.
  @FunctionalInterface
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits for the end of any case that keeps the caches when a script drops them.
  static Hold during(Script script) {
    if (script.calls().stream().noneMatch(Call.DropCaches.class::isInstance)) {
      return () -> {};
    }
    LOCK.readLock().lock();
    OTHERS.dropping();
    return () -> {
      OTHERS.dropped();
      LOCK.readLock().unlock();
    };
  }

  /// Keeps them for the case of this thread, until it lets them go.
  static void keep() {
    LOCK.writeLock().lock();
    OTHERS.keep();
  }

  /// Ends what [#keep] began on this thread; harmless when nothing began.
  static void letGo() {
    if (LOCK.isWriteLockedByCurrentThread()) {
      OTHERS.letGo();
      LOCK.writeLock().unlock();
    }
  }
}
