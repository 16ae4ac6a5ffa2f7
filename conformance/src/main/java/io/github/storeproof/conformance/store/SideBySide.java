package io.github.storeproof.conformance.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs calls side by side, a bounded number at a time. Closing waits for all, and fails as the
/// first of them that failed. *Confined.*
final class SideBySide implements AutoCloseable {
  private static final int AT_A_TIME = 16;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns = new Semaphore(AT_A_TIME);
  private final AtomicReference<@Nullable StoreRefusal> refusal = new AtomicReference<>();

  /// A call to a store.
  @FunctionalInterface
  interface Call {
    void make() throws StoreRefusal;
  }

  /// Starts a call once fewer than the bound are running; none after a failure.
  void start(Call call) {
    turns.acquireUninterruptibly();
    threads.execute(() -> {
      try {
        if (refusal.get() == null) {
          call.make();
        }
      } catch (StoreRefusal e) {
        refusal.compareAndSet(null, e);
      } finally {
        turns.release();
      }
    });
  }

  @Override
  public void close() throws StoreRefusal {
    threads.close();
    StoreRefusal first = refusal.get();
    if (first != null) {
      throw first;
    }
  }
}
