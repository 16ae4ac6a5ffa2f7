package io.github.storeproof.store.importer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.posix.FileKind;
import io.github.storeproof.posix.FileStatus;
import io.github.storeproof.posix.Posix;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.PieceReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// Stores the contents of open files, one after the other, through one buffer. *Confined.*
final class FileImport {
  private static final int BUFFER_BYTES = 1 << 20;
  // A file that fits is stored at once; one byte more than that shows that it grew.
  private static final int SMALL_FILE_BYTES = 256 << 10;
  // Some hundred files wait for the NAR: they must not fill the memory.
  private static final int HANDED_ON_BYTES = 64 << 10;

  private final Posix posix = new Posix();
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);

  /// Stores the file, and closes it in any case.
  StoredFile store(BlobService blobs, int fd, TreePath path)
      throws ImportException, StoreException {
    try {
      FileStatus status = posix.status(fd);
      if (status.kind() != FileKind.REGULAR) {
        throw changed(path, "it was a regular file and is now " + status.kind().words());
      }
      long sizeBytes = status.sizeBytes();
      B3Digest digest =
          sizeBytes <= SMALL_FILE_BYTES
              ? storeSmall(blobs, fd, sizeBytes, path)
              : storeLarge(blobs, fd, sizeBytes, path);
      Optional<BlobReader> content =
          sizeBytes <= HANDED_ON_BYTES
              ? Optional.of(
                  new PieceReader(buffer.asSlice(0, sizeBytes).toArray(ValueLayout.JAVA_BYTE)))
              : Optional.empty();
      return new StoredFile(new FileNode(digest, sizeBytes, status.isExecutable()), content);
    } catch (PosixException e) {
      throw new ImportException(path.spelledOut(), e);
    } finally {
      posix.close(fd);
    }
  }

  private B3Digest storeSmall(BlobService blobs, int fd, long sizeBytes, TreePath path)
      throws PosixException, ImportException, StoreException {
    long filledBytes = 0;
    long countBytes;
    // A read that gives less than there was room for has met the end: it need not be asked twice.
    do {
      countBytes = posix.read(fd, buffer.asSlice(filledBytes));
      filledBytes += countBytes;
    } while (countBytes != 0 && filledBytes < BUFFER_BYTES && filledBytes != sizeBytes);
    checkSize(filledBytes, sizeBytes, path);
    return blobs.put(buffer.asSlice(0, filledBytes));
  }

  private B3Digest storeLarge(BlobService blobs, int fd, long sizeBytes, TreePath path)
      throws PosixException, ImportException, StoreException {
    try (BlobWriter writer = blobs.openWrite()) {
      long writtenBytes = 0;
      // A file that grows without end is not followed.
      while (writtenBytes <= sizeBytes) {
        long countBytes = posix.read(fd, buffer);
        if (countBytes == 0) {
          break;
        }
        writer.write(buffer.asSlice(0, countBytes));
        writtenBytes += countBytes;
      }
      checkSize(writtenBytes, sizeBytes, path);
      return writer.commit();
    }
  }

  private static void checkSize(long readBytes, long sizeBytes, TreePath path)
      throws ImportException {
    if (readBytes != sizeBytes) {
      throw changed(path, "its size was " + sizeBytes + " bytes, then " + readBytes + " were read");
    }
  }

  private static ImportException changed(TreePath path, String how) {
    return new ImportException(path.spelledOut(), "changed while it was imported: " + how);
  }
}
