package io.github.storeproof.ci.faulty;

import jnr.ffi.LastError;
import jnr.ffi.Runtime;

/// An operation that fails with an error number. *Immutable.*
final class Failure extends Exception {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EIO = 5;
  static final int EACCES = 13;
  static final int ENOTDIR = 20;
  static final int EINVAL = 22;
  static final int EROFS = 30;
  static final int ERANGE = 34;
  static final int ENAMETOOLONG = 36;
  static final int ENOSYS = 38;
  static final int ENODATA = 61;
  static final int ESTALE = 116;

  private final int errno;

  Failure(int errno) {
    super("errno " + errno);
    this.errno = errno;
  }

  int errno() {
    return errno;
  }

  /// That of the last call of the C library in this thread.
  static Failure last() {
    return new Failure(LastError.getLastError(Runtime.getSystemRuntime()));
  }

  /// The result of a call of the C library, where it is no error.
  static long check(long result) throws Failure {
    if (result < 0) {
      throw last();
    }
    return result;
  }
}
