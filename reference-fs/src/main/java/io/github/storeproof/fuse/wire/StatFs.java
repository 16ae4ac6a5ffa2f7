package io.github.storeproof.fuse.wire;

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
}
