package io.github.storeproof.transport.fusedev;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.github.storeproof.fuse.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What statx(2) says of a path, without asking a filesystem's server: cached attributes are enough
/// here.
///
/// | offset of `struct statx` | size | field |
/// |---|---|---|
/// | 8 | 8 | attributes |
/// | 28 | 2 | mode |
/// | 136, 140 | 4 each | major and minor number of the device |
///
/// @param errno 0, or why there is no answer
record FileStatus(int errno, int mode, long attributes, int deviceMajor, int deviceMinor) {
  private static final int AT_STATX_DONT_SYNC = 0x4000;
  private static final int STATX_TYPE_AND_MODE = 3;
  private static final long STATX_ATTR_MOUNT_ROOT = 0x2000;
  private static final int S_IFMT = 0170000;
  private static final int S_IFDIR = 0040000;

  static FileStatus of(Libc libc, Arena arena, byte[] path) {
    MemorySegment statx = arena.allocate(256, 8);
    int result =
        libc.statx(Libc.cString(arena, path), AT_STATX_DONT_SYNC, STATX_TYPE_AND_MODE, statx);
    return new FileStatus(
        -result,
        Short.toUnsignedInt(statx.get(JAVA_SHORT, 28)),
        statx.get(JAVA_LONG, 8),
        statx.get(JAVA_INT, 136),
        statx.get(JAVA_INT, 140));
  }

  /// Whether a FUSE server is missing. Attributes may be cached beyond its end; statfs(2) always
  /// asks it.
  static boolean isDead(Libc libc, Arena arena, byte[] path) {
    int result = libc.statfs(Libc.cString(arena, path), arena.allocate(256, 8));
    return result == -Errno.ENOTCONN.number();
  }

  boolean isDirectory() {
    return (mode & S_IFMT) == S_IFDIR;
  }

  boolean isMountRoot() {
    return (attributes & STATX_ATTR_MOUNT_ROOT) != 0;
  }
}
