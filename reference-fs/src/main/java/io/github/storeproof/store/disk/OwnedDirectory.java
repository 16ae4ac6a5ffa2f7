package io.github.storeproof.store.disk;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The lock on a directory that one process has at a time, until this is closed or the process ends. *Thread-safe.*
public final class OwnedDirectory implements AutoCloseable {
  private final FileChannel lock;

  private OwnedDirectory(FileChannel lock) {
    this.lock = lock;
  }

  /// Locks a directory, which is made when it is missing.
  ///
  /// @param what the directory is, for messages
  /// @throws StoreException when it is a file, or another process has it
  public static OwnedDirectory open(String what, Path directory)
      throws IOException, StoreException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw refused(what, directory, "is a file, want a directory");
    }
    Files.createDirectories(directory);
    FileChannel lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lock)) {
      lock.close();
      throw refused(what, directory, "is in use, want one of its own");
    }
    return new OwnedDirectory(lock);
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static StoreException refused(String what, Path directory, String why) {
    return new StoreException(StoreFailure.REFUSED, what + " " + directory + " " + why);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException _) {
      // It ends with the process.
    }
  }
}
