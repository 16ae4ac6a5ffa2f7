package io.github.storeproof.fuse.wire;

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
}
