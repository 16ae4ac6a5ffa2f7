package io.github.storeproof.store.importer;

import io.github.storeproof.posix.Posix;
import io.github.storeproof.posix.PosixException;
import io.github.storeproof.posix.RawPath;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The bytes of a file or pipe that a raw path names. *Confined.*
final class ArchiveFile extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Posix posix = new Posix();
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);
  private final int fd;

  private ArchiveFile(RawPath path) throws PosixException {
    fd = posix.openat(Posix.AT_FDCWD, path.toBytes(), Posix.O_RDONLY);
  }

  /// Opens it.
  static ArchiveFile open(RawPath path) throws ImportException {
    try {
      return new ArchiveFile(path);
    } catch (PosixException e) {
      throw new ImportException(path, e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int lengthBytes) throws IOException {
    if (lengthBytes == 0) {
      return 0;
    }
    try {
      long count = posix.read(fd, buffer.asSlice(0, Math.min(lengthBytes, BUFFER_BYTES)));
      MemorySegment.copy(buffer, 0, MemorySegment.ofArray(into), offset, count);
      return count == 0 ? -1 : (int) count;
    } catch (PosixException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    posix.close(fd);
  }
}
