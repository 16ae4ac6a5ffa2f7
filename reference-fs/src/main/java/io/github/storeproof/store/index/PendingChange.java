package io.github.storeproof.store.index;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A change that somebody waits for. Made and ended on the thread of the changes. *Thread-safe.*
final class PendingChange<T> {
  private final Index.Change<T> change;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable T value;
  private @Nullable StoreException failure;
  private @Nullable RuntimeException mistake;

  PendingChange(Index.Change<T> change) {
    this.change = change;
  }

  /// Makes it.
  ///
  /// @return whether it is to be kept
  boolean make(Index.Writer writer) {
    try {
      value = change.make(writer);
      return true;
    } catch (StoreException e) {
      failure = e;
    } catch (RuntimeException e) {
      mistake = e;
    }
    return false;
  }

  /// What was made is durable.
  void end() {
    ended.countDown();
  }

  /// What was made is lost.
  void fail(StoreException reason) {
    if (failure == null && mistake == null) {
      failure = reason;
    }
    ended.countDown();
  }

  /// Waits for its end.
  T await() throws StoreException {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreFailure.INTERRUPTED, "change: the caller gave up", e);
    }
    if (mistake != null) {
      throw new IllegalStateException("change: " + mistake.getMessage(), mistake);
    }
    if (failure != null) {
      throw new StoreException(failure.failure(), failure.getMessage(), failure);
    }
    @Nullable T made = value;
    if (made == null) {
      throw new IllegalStateException("change made nothing");
    }
    return made;
  }
}
