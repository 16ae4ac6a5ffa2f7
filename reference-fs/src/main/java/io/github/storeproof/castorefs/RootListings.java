package io.github.storeproof.castorefs;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.store.StoreException;

/// How the root directory is listed, which depends on what the path info service can tell.
///
/// *Thread-safe.*
sealed interface RootListings permits HiddenListings, ObservedListings, OpenedListings {
  /// Whether a reader needs a handle. Without, the kernel may keep the listing until it is told of
  /// a change.
  boolean needsHandle();

  /// Whether [#at] may wait for the service.
  boolean mayBlock();

  /// A new handle, when readers need one.
  long open() throws ErrnoException;

  /// The listing that a reader with this handle goes on with at `offset`; at 0 it starts anew.
  Listing at(long handle, long offset) throws ErrnoException, StoreException;

  void close(long handle);
}
