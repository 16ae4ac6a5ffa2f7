package io.github.storeproof.castorefs;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;

/// The root is not listed, only looked up in (rule ROOT-1).
record HiddenListings() implements RootListings {
  @Override
  public boolean needsHandle() {
    return false;
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public long open() throws ErrnoException {
    throw hidden();
  }

  @Override
  public Listing at(long handle, long offset) throws ErrnoException {
    throw hidden();
  }

  @Override
  public void close(long handle) {}

  private static ErrnoException hidden() {
    return new ErrnoException(Errno.EPERM, "the root is listed with --list-root only");
  }
}
