package io.github.storeproof.store.blob;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Keeps the disk busy while more is being written: without it, everything waits in memory for the moment
/// in which it must be durable. *Thread-safe.*
final class EarlyWrites {
  private static final long STEP_BYTES = 48 << 20;

  private final Write write;
  private long waitingBytes;
  private int pauseCount;
  private @Nullable Thread writing;
  private @Nullable IOException failure;

  /// Has a disk write what waits in memory.
  @FunctionalInterface
  interface Write {
    void run() throws IOException;
  }

  EarlyWrites(Write write) {
    this.write = write;
  }

  /// Notes that so much was written.
  synchronized void written(long sizeBytes) {
    waitingBytes += sizeBytes;
    boolean isFree = pauseCount == 0 && (writing == null || !writing.isAlive());
    if (isFree && waitingBytes >= STEP_BYTES) {
      waitingBytes = 0;
      writing = Thread.ofPlatform().daemon().name("early-writes").start(this::write);
    }
  }

  private void write() {
    try {
      write.run();
    } catch (IOException e) {
      failed(e);
    }
  }

  private synchronized void failed(IOException e) {
    failure = e;
  }

  /// Waits until nothing is written here, and begins nothing before [#resume].
  ///
  /// @throws StoreException when a write has failed: the kernel says so once, and may have said it here
  void pause() throws StoreException {
    try {
      @Nullable Thread running = paused();
      if (running != null) {
        running.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreFailure.INTERRUPTED, "blobs: the caller gave up", e);
    }
    synchronized (this) {
      if (failure != null) {
        throw BlobFiles.failure("blobs cannot be written", failure);
      }
    }
  }

  private synchronized @Nullable Thread paused() {
    pauseCount++;
    return writing;
  }

  /// Ends a pause, whether it began well or not.
  synchronized void resume() {
    pauseCount--;
  }
}
