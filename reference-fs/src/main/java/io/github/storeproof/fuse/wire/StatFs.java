package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// The reply to STATFS (`struct fuse_kstatfs`, 80 bytes).
///
/// | offset | size | field |
/// |---|---|---|
/// | 0, 8, 16 | 8 each | blocks, bfree, bavail in units of frsize |
/// | 24, 32 | 8 each | files, ffree |
/// | 40 | 4 | bsize |
/// | 44 | 4 | namelen |
/// | 48 | 4 | frsize |
/// | 52 | 28 | padding and spare |
///
/// A read-only store has nothing free. *Immutable.*
public record StatFs(long blockCount, long fileCount, int blockSizeBytes, int nameLengthBytes) {
  /// Bytes of the record on the wire.
  public static final int SIZE_BYTES = 80;

  /// Writes the 80 bytes at `at`.
  public void write(MemorySegment into, long at) {
    into.asSlice(at, SIZE_BYTES).fill((byte) 0);
    into.set(JAVA_LONG_UNALIGNED, at, blockCount);
    into.set(JAVA_LONG_UNALIGNED, at + 24, fileCount);
    into.set(JAVA_INT_UNALIGNED, at + 40, blockSizeBytes);
    into.set(JAVA_INT_UNALIGNED, at + 44, nameLengthBytes);
    into.set(JAVA_INT_UNALIGNED, at + 48, blockSizeBytes);
  }
}
