package io.github.storeproof.store.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What writers that were killed have left in the middle of being written.
public final class AbandonedFiles {
  private AbandonedFiles() {}

  /// Removes the files of a directory that were last written until then.
  ///
  /// @return how many bytes they had
  public static long remove(Path directory, long untilMillis) throws IOException {
    long freedBytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        freedBytes += removeOne(file, untilMillis);
      }
    }
    return freedBytes;
  }

  private static long removeOne(Path file, long untilMillis) throws IOException {
    try {
      if (Files.getLastModifiedTime(file).toMillis() > untilMillis) {
        return 0;
      }
      long sizeBytes = Files.size(file);
      return Files.deleteIfExists(file) ? sizeBytes : 0;
    } catch (NoSuchFileException e) {
      // Its writer has come to its end.
      return 0;
    }
  }
}
