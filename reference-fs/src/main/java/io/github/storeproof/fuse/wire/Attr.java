package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// What stat(2) shows of a node (`struct fuse_attr`, 88 bytes).
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | ino |
/// | 8 | 8 | size |
/// | 16 | 8 | blocks of 512 bytes |
/// | 24, 32, 40 | 8 each | atime, mtime, ctime in seconds |
/// | 48, 52, 56 | 4 each | their nanoseconds |
/// | 60 | 4 | mode, with the type bits |
/// | 64 | 4 | nlink |
/// | 68, 72 | 4 each | uid, gid |
/// | 76 | 4 | rdev |
/// | 80 | 4 | blksize |
/// | 84 | 4 | flags |
///
/// All three times are `timeSeconds`: a store keeps no others. *Immutable.*
///
/// @param ino what stat shows as `st_ino`; not the node id
/// @param sizeBytes length of a file's content or of a link's target
/// @param blockCount in units of 512 bytes
/// @param timeSeconds since 1970
/// @param mode type and permission bits
/// @param linkCount at least 1
/// @param blockSizeBytes preferred I/O size, `st_blksize`
public record Attr(
    long ino,
    long sizeBytes,
    long blockCount,
    long timeSeconds,
    int mode,
    int linkCount,
    int uid,
    int gid,
    int blockSizeBytes) {
  /// Bytes of the record on the wire.
  public static final int SIZE_BYTES = 88;

  /// Type bits of `mode`.
  public static final int S_IFMT = 0170000;

  public static final int S_IFDIR = 0040000;
  public static final int S_IFREG = 0100000;
  public static final int S_IFLNK = 0120000;

  /// The type as a directory entry has it (`DT_DIR` and so on).
  public int direntType() {
    return (mode & S_IFMT) >> 12;
  }

  /// Blocks of 512 bytes that hold `sizeBytes`.
  public static long blocksOf(long sizeBytes) {
    return (sizeBytes >>> 9) + ((sizeBytes & 511) == 0 ? 0 : 1);
  }

  /// Writes the 88 bytes at `at`.
  public void write(MemorySegment into, long at) {
    into.set(JAVA_LONG_UNALIGNED, at, ino);
    into.set(JAVA_LONG_UNALIGNED, at + 8, sizeBytes);
    into.set(JAVA_LONG_UNALIGNED, at + 16, blockCount);
    into.set(JAVA_LONG_UNALIGNED, at + 24, timeSeconds);
    into.set(JAVA_LONG_UNALIGNED, at + 32, timeSeconds);
    into.set(JAVA_LONG_UNALIGNED, at + 40, timeSeconds);
    into.set(JAVA_LONG_UNALIGNED, at + 48, 0);
    into.set(JAVA_INT_UNALIGNED, at + 56, 0);
    into.set(JAVA_INT_UNALIGNED, at + 60, mode);
    into.set(JAVA_INT_UNALIGNED, at + 64, linkCount);
    into.set(JAVA_INT_UNALIGNED, at + 68, uid);
    into.set(JAVA_INT_UNALIGNED, at + 72, gid);
    into.set(JAVA_INT_UNALIGNED, at + 76, 0);
    into.set(JAVA_INT_UNALIGNED, at + 80, blockSizeBytes);
    into.set(JAVA_INT_UNALIGNED, at + 84, 0);
  }
}
