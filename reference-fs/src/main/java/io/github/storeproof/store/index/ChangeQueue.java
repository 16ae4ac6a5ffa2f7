package io.github.storeproof.store.index;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/// Brings changes to one thread, which makes all that wait together: many that come at a time cost
/// one write to the disk. *Thread-safe.*
final class ChangeQueue implements AutoCloseable {
  private final BlockingQueue<PendingChange<?>> waiting;
  private final Consumer<List<PendingChange<?>>> together;
  private final Thread thread;
  private final PendingChange<?> last = new PendingChange<>(_ -> 0);
  private boolean isOpen = true;

  /// @param together makes changes and ends each
  /// @param mostCount how many are made together
  ChangeQueue(Consumer<List<PendingChange<?>>> together, int mostCount) {
    this.waiting = new ArrayBlockingQueue<>(mostCount);
    this.together = together;
    this.thread = Thread.ofPlatform().daemon().name("index-changes").unstarted(this::makeAll);
  }

  /// Makes a change.
  <T> T make(Index.Change<T> change) throws StoreException {
    PendingChange<T> pending = new PendingChange<>(change);
    add(pending);
    return pending.await();
  }

  private synchronized void add(PendingChange<?> pending) throws StoreException {
    if (!isOpen) {
      throw closed();
    }
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    try {
      waiting.put(pending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreFailure.INTERRUPTED, "change: the caller gave up", e);
    }
  }

  private void makeAll() {
    List<PendingChange<?>> pending = new ArrayList<>();
    while (!pending.contains(last)) {
      pending.clear();
      try {
        pending.add(waiting.take());
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      }
      waiting.drainTo(pending);
      together.accept(pending.stream().filter(each -> each != last).toList());
    }
  }

  private static StoreException closed() {
    return new StoreException(StoreFailure.UNAVAILABLE, "index was closed");
  }

  /// Lets what waits be made, and waits for it.
  @Override
  public void close() {
    synchronized (this) {
      if (!isOpen) {
        return;
      }
      isOpen = false;
      if (thread.getState() == Thread.State.NEW) {
        return;
      }
    }
    boolean isInterrupted = Thread.interrupted();
    while (true) {
      try {
        waiting.put(last);
        thread.join();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
