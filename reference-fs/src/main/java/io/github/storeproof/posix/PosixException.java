package io.github.storeproof.posix;

/// A system call failed: which one, and with what errno.
public final class PosixException extends Exception {
  private static final long serialVersionUID = 1L;

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int ENOTDIR = 20;
  public static final int EMFILE = 24;
  public static final int ENOSPC = 28;
  public static final int ENAMETOOLONG = 36;
  public static final int ELOOP = 40;
  public static final int EOPNOTSUPP = 95;

  private final int errno;

  public PosixException(String call, int errno, String reason) {
    super(call + ": " + reason);
    this.errno = errno;
  }

  /// Linux' number (`asm-generic/errno.h`).
  public int errno() {
    return errno;
  }
}
