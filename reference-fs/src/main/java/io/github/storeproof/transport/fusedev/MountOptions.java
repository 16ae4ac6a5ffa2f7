package io.github.storeproof.transport.fusedev;

import java.util.Optional;

/// How and where to mount. *Immutable.*
///
/// @param mountPoint an empty directory
/// @param fsName what `df` shows as the source
/// @param allowOther whether other users may look in; without a value: root's mounts yes, others'
///     no
/// @param threadCount request loops; one is fastest unless many clients ask at a time
/// @param autoUnmount whether a guard process unmounts when this process dies of kill -9; the mount
///     point then looks empty instead of dead (ENOTCONN)
public record MountOptions(
    MountPoint mountPoint,
    String fsName,
    Optional<Boolean> allowOther,
    int threadCount,
    boolean autoUnmount) {
  private static final int MAX_THREADS = 64;

  public MountOptions {
    if (threadCount < 1 || threadCount > MAX_THREADS) {
      throw new IllegalArgumentException(
          "threads is %d, want 1 to %d".formatted(threadCount, MAX_THREADS));
    }
    if (fsName.isEmpty() || fsName.indexOf(',') >= 0 || fsName.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "filesystem name is '%s', want one without comma".formatted(fsName));
    }
  }

  /// The defaults: one loop, no guard, named `castore`.
  public static MountOptions at(byte[] mountPoint) {
    return new MountOptions(MountPoint.of(mountPoint), "castore", Optional.empty(), 1, false);
  }

  public MountOptions withAllowOther(boolean allow) {
    return new MountOptions(mountPoint, fsName, Optional.of(allow), threadCount, autoUnmount);
  }

  public MountOptions withThreadCount(int count) {
    return new MountOptions(mountPoint, fsName, allowOther, count, autoUnmount);
  }

  public MountOptions withAutoUnmount(boolean guard) {
    return new MountOptions(mountPoint, fsName, allowOther, threadCount, guard);
  }
}
