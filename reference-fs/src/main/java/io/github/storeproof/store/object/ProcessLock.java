package io.github.storeproof.store.object;

import io.github.storeproof.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What one thread of one process does at a time; it may do some more of it meanwhile. *Thread-safe.*
final class ProcessLock {
  private final Path file;
  private boolean isHeld;

  /// @param file which is made when it is missing, and stays empty
  ProcessLock(Path file) {
    this.file = file;
  }

  /// Something that is done alone.
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException, StoreException;
  }

  // A lock of a file is the process's: its own threads are kept apart by the monitor.
  synchronized <T> T hold(Action<T> action) throws IOException, StoreException {
    if (isHeld) {
      return action.run();
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      isHeld = true;
      return action.run();
    } finally {
      isHeld = false;
    }
  }
}
