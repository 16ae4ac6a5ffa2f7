package io.github.storeproof.fuse.wire;

/// The bits of INIT that this side knows by name: the kernel offers, the reply takes.
///
/// Bits from 32 on travel in `flags2`, which is read only when [#INIT_EXT] is set.
public final class InitFlags {
  /// Several READs of one file at a time.
  public static final long ASYNC_READ = 1L;

  /// READDIRPLUS for listings.
  public static final long DO_READDIRPLUS = 1L << 13;

  /// Asynchronous direct I/O.
  public static final long ASYNC_DIO = 1L << 15;

  /// ENOSYS to OPEN means: no message for an open.
  public static final long NO_OPEN_SUPPORT = 1L << 17;

  /// Lookups and listings of one directory run at the same time.
  public static final long PARALLEL_DIROPS = 1L << 18;

  /// After an abort a read of the device fails with ECONNABORTED, not ENODEV.
  public static final long ABORT_ERROR = 1L << 21;

  /// The reply's `max_pages` bounds a READ.
  public static final long MAX_PAGES = 1L << 22;

  /// The kernel caches targets.
  public static final long CACHE_SYMLINKS = 1L << 23;

  /// ENOSYS to OPENDIR means: no message for an opendir.
  public static final long NO_OPENDIR_SUPPORT = 1L << 24;

  /// Cached pages go only when a notification says so.
  public static final long EXPLICIT_INVAL_DATA = 1L << 25;

  /// `flags2` is valid.
  public static final long INIT_EXT = 1L << 30;

  /// No lookups of `.` and `..`, no file handles for NFS.
  public static final long NO_EXPORT_SUPPORT = 1L << 38;

  private InitFlags() {}
}
