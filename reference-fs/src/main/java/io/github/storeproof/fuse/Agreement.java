package io.github.storeproof.fuse;

import io.github.storeproof.fuse.wire.InitFlags;
import io.github.storeproof.fuse.wire.InitIn;
import io.github.storeproof.fuse.wire.InitOut;

/// What kernel and session agreed on in INIT, for a filesystem that nothing writes and nothing
/// changes.
///
/// Of what the kernel offers, this takes parallel reads and lookups, READDIRPLUS always (without
/// its AUTO mode, which then asks for each attribute again), cached targets, large reads, and
/// invalidation by notification only (with AUTO_INVAL_DATA each read would ask for the attributes
/// first). It leaves locks, ACLs, the writeback cache and splicing. *Immutable.*
record Agreement(InitOut reply) {
  static final int MAJOR = 7;
  static final int NEWEST_MINOR = 45;

  /// Linux 5.4. Older ones lack what a fast read-only mount lives on.
  static final int OLDEST_MINOR = 31;

  /// Pages of the largest READ: 1 MiB, as much as Linux allows without further settings.
  static final int MAX_PAGES = 256;

  /// Bytes that the largest reply carries after its header.
  static final int MAX_PAYLOAD_BYTES = MAX_PAGES * 4096;

  private static final int MAX_BACKGROUND = 64;
  private static final int CONGESTION_THRESHOLD = 48;

  /// Nobody writes; the smallest value keeps the request buffer small.
  private static final int MAX_WRITE_BYTES = 4096;

  private static final long WANTED =
      InitFlags.ASYNC_READ
          | InitFlags.ASYNC_DIO
          | InitFlags.DO_READDIRPLUS
          | InitFlags.NO_OPEN_SUPPORT
          | InitFlags.NO_OPENDIR_SUPPORT
          | InitFlags.PARALLEL_DIROPS
          | InitFlags.ABORT_ERROR
          | InitFlags.MAX_PAGES
          | InitFlags.CACHE_SYMLINKS
          | InitFlags.EXPLICIT_INVAL_DATA
          | InitFlags.INIT_EXT;

  /// @param flags taken besides those that every filesystem here wants
  /// @throws ErrnoException EPROTO for a kernel that is too old
  static Agreement on(InitIn offer, long flags) throws ErrnoException {
    int minor = offer.major() > MAJOR ? NEWEST_MINOR : Math.min(offer.minor(), NEWEST_MINOR);
    if (offer.major() < MAJOR || minor < OLDEST_MINOR) {
      throw new ErrnoException(
          Errno.EPROTO,
          "the kernel speaks FUSE %d.%d, want %d.%d or later"
              .formatted(offer.major(), offer.minor(), MAJOR, OLDEST_MINOR));
    }
    return new Agreement(
        new InitOut(
            MAJOR,
            minor,
            offer.maxReadaheadBytes(),
            offer.flags() & (WANTED | flags),
            MAX_BACKGROUND,
            CONGESTION_THRESHOLD,
            MAX_WRITE_BYTES,
            MAX_PAGES));
  }

  boolean has(long flag) {
    return (reply.flags() & flag) != 0;
  }
}
