package io.github.storeproof.castorefs;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;

/// The one way from a store's failure to an errno. A failure is never ENOENT: the kernel would
/// remember that the name does not exist (rule ERR-6). Nor is it ENOSYS: the kernel would never ask
/// again.
final class Errnos {
  private Errnos() {}

  static ErrnoException of(StoreException e) {
    return new ErrnoException(of(e.failure()), e.getMessage());
  }

  static Errno of(StoreFailure failure) {
    return switch (failure) {
      case MISSING, CORRUPT, REFUSED, TIMED_OUT, UNAVAILABLE, FULL, IO -> Errno.EIO;
      case UNSUPPORTED -> Errno.EOPNOTSUPP;
      case DENIED -> Errno.EACCES;
      case INTERRUPTED -> Errno.EINTR;
    };
  }
}
