package io.github.storeproof.fuse;

import org.jspecify.annotations.Nullable;

/// The answer to a request is an errno: the way in which [FuseOperations] refuse.
///
/// It is an answer and no accident, so it carries no stack trace and costs little.
public final class ErrnoException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  public ErrnoException(Errno errno) {
    this(errno, errno.name());
  }

  /// With words for a log; the kernel sees the number only.
  public ErrnoException(Errno errno, @Nullable String message) {
    super(message, null, false, false);
    this.errno = errno;
  }

  public Errno errno() {
    return errno;
  }
}
