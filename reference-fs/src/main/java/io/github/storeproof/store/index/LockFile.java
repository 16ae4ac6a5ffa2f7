package io.github.storeproof.store.index;

import io.github.storeproof.posix.Posix;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file by which the processes of an LMDB database know of each other: `lock.mdb`.
///
/// | size | field |
/// |---|---|
/// | 192 | header, with the first reader |
/// | 64 | each further reader |
final class LockFile {
  private static final String NAME = "lock.mdb";
  private static final int HEADER_BYTES = 192;
  private static final int READER_BYTES = 64;

  private LockFile() {}

  /// Gives the file its place on the disk. LMDB maps it with holes: a process that touches one of them when
  /// the disk is full gets SIGBUS.
  ///
  /// To be called before this process opens the database: closing the file gives up the locks on it.
  static void reserve(Path directory, int readerCount) throws StoreException {
    Path file = directory.resolve(NAME);
    try {
      create(file);
      Posix posix = new Posix();
      int fd =
          posix.openat(
              Posix.AT_FDCWD, file.toString().getBytes(StandardCharsets.UTF_8), Posix.O_RDWR);
      try {
        // Where the filesystem has no such call, holes stay.
        boolean _ = posix.reserve(fd, HEADER_BYTES + (readerCount - 1L) * READER_BYTES);
      } finally {
        posix.close(fd);
      }
    } catch (IOException e) {
      throw new StoreException(
          StoreFailure.DENIED, "index: " + file + " cannot be made: " + e.getMessage(), e);
    } catch (PosixException e) {
      StoreFailure failure =
          e.errno() == PosixException.ENOSPC ? StoreFailure.FULL : StoreFailure.DENIED;
      throw new StoreException(failure, "index: " + file + ": " + e.getMessage(), e);
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // As it was left, or as another process has just made it.
    }
  }
}
