package io.github.storeproof.conformance.subject;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What other runs on this machine may do to the kernel's caches meanwhile: record locks of a kernel setting, which go with their
/// process. Processes that may not open it cannot drop caches either. Who wants to keep the caches holds the gate as well, so that
/// a crowd of droppers cannot keep it out. *Thread-safe.*
final class OtherProcesses {
  private static final Path SETTING = Path.of("/proc/sys/vm/vfs_cache_pressure");
  private static final long GATE = 0;
  private static final long CACHES = 1;
  private static final long BETWEEN_TRIES_NANOS = 10_000_000;

  private final @Nullable FileChannel channel;
  private @Nullable FileLock gate;
  private @Nullable FileLock caches;
  private int dropping;
  private final ReentrantLock entry = new ReentrantLock();

  private OtherProcesses(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  static OtherProcesses ofThisMachine() {
    return of(SETTING);
  }

  /// Those that lock this file.
  static OtherProcesses of(Path file) {
    try {
      return new OtherProcesses(
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException _) {
      return new OtherProcesses(null);
    }
  }

  /// Waits until no other process keeps the caches; each call is ended by [#dropped].
  void dropping() {
    entry.lock();
    try {
      FileLock passed = lock(GATE, false);
      synchronized (this) {
        if (dropping++ == 0) {
          caches = lock(CACHES, true);
        }
      }
      release(passed);
    } finally {
      entry.unlock();
    }
  }

  synchronized void dropped() {
    if (--dropping == 0) {
      release(caches);
    }
  }

  /// Waits until no other process keeps or drops the caches; ended by [#letGo]. No thread of this one may drop them meanwhile.
  void keep() {
    gate = lock(GATE, false);
    caches = lock(CACHES, false);
  }

  void letGo() {
    release(caches);
    release(gate);
  }

  /// Tries again and again: the kernel takes processes whose threads wait for each other's locks for a deadlock.
  private @Nullable FileLock lock(long at, boolean shared) {
    try {
      FileLock lock = channel == null ? null : channel.tryLock(at, 1, shared);
      while (channel != null && lock == null) {
        LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        lock = channel.tryLock(at, 1, shared);
      }
      return lock;
    } catch (IOException _) {
      return null;
    }
  }

  private static void release(@Nullable FileLock lock) {
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the lock of the kernel's caches cannot be released", e);
    }
  }
}
