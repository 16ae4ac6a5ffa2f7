package io.github.storeproof.store;

import java.util.Optional;

/// Gives the elements of a sequence one after the other, without holding them all.
///
/// *Confined.* Closing it early gives up the rest.
public interface Cursor<T> extends AutoCloseable {
  /// The next element; empty after the last one, and again when asked again.
  Optional<T> next() throws StoreException;

  @Override
  void close();
}
