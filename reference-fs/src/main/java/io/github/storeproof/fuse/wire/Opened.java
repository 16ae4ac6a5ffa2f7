package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// The reply to OPEN and OPENDIR (`struct fuse_open_out`, 16 bytes).
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | fh |
/// | 8 | 4 | open_flags |
/// | 12 | 4 | backing_id, 0 |
///
/// *Immutable.*
///
/// @param handle comes back with READ, READDIR, RELEASE
/// @param openFlags the `FOPEN_` bits
public record Opened(long handle, int openFlags) {
  /// Bytes of the record on the wire.
  public static final int SIZE_BYTES = 16;

  /// Reads and writes bypass the page cache.
  public static final int DIRECT_IO = 1;

  /// Cached pages stay valid over this open.
  public static final int KEEP_CACHE = 2;

  /// The listing may be cached.
  public static final int CACHE_DIR = 8;

  /// No FLUSH at close.
  public static final int NOFLUSH = 32;

  /// Writes the 16 bytes at `at`.
  public void write(MemorySegment into, long at) {
    into.set(JAVA_LONG_UNALIGNED, at, handle);
    into.set(JAVA_INT_UNALIGNED, at + 8, openFlags);
    into.set(JAVA_INT_UNALIGNED, at + 12, 0);
  }
}
