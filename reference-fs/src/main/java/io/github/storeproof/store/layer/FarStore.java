package io.github.storeproof.store.layer;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Whether a far store answers. *Thread-safe.*
///
/// That it is down is logged once, and that it is back. While it is down it is asked once in a while
/// only: whoever else needs it is told at once, and does not wait for a deadline each time.
public final class FarStore {
  private static final System.Logger LOG = System.getLogger(FarStore.class.getName());
  private static final long RETRY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long UP = 0;

  private final String name;
  // When it may be asked again; 0 while it is up.
  private final AtomicLong nextTryNanos = new AtomicLong(UP);

  /// @param name for messages
  public FarStore(String name) {
    this.name = name;
  }

  /// Asks it.
  @FunctionalInterface
  public interface Question<T> {
    T ask() throws StoreException;
  }

  /// Whether it did not answer when it was asked last.
  public boolean isDown() {
    return nextTryNanos.get() != UP;
  }

  /// Asks it, unless it was down a moment ago.
  ///
  /// @throws StoreException [StoreFailure#UNAVAILABLE] when it was
  public <T> T ask(Question<T> question) throws StoreException {
    long next = nextTryNanos.get();
    if (next != UP
        && (next - System.nanoTime() > 0 || !nextTryNanos.compareAndSet(next, later()))) {
      throw new StoreException(StoreFailure.UNAVAILABLE, "store '" + name + "' is down");
    }
    try {
      T answer = question.ask();
      if (nextTryNanos.getAndSet(UP) != UP) {
        LOG.log(System.Logger.Level.INFO, "store ''{0}'' is back", name);
      }
      return answer;
    } catch (StoreException e) {
      if (isOutage(e.failure()) && nextTryNanos.getAndSet(later()) == UP) {
        LOG.log(System.Logger.Level.WARNING, "store ''{0}'' is down: {1}", name, e.getMessage());
      }
      throw e;
    }
  }

  static boolean isOutage(StoreFailure failure) {
    return failure == StoreFailure.UNAVAILABLE || failure == StoreFailure.TIMED_OUT;
  }

  private static long later() {
    long later = System.nanoTime() + RETRY_NANOS;
    return later == UP ? later + 1 : later;
  }
}
