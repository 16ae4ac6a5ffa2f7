package io.github.storeproof.store.object;

import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.Optional;

/// Keeps objects under names. Knows nothing of what is in them. *Thread-safe.*
public interface ObjectStorage {
  /// Whether there is such an object.
  boolean has(ObjectKey key) throws StoreException;

  /// All bytes of an object; empty when there is none.
  ///
  /// @param mostBytes how many it may have
  /// @throws StoreException [StoreFailure#CORRUPT] when it has more
  Optional<byte[]> get(ObjectKey key, int mostBytes) throws StoreException;

  /// Starts to write objects that become visible together.
  ObjectBatch openBatch();

  /// Removes an object. Does nothing when there is none.
  void remove(ObjectKey key) throws StoreException;

  /// The names of all objects of a kind, in no order. One that comes or goes meanwhile may be left out.
  Cursor<ObjectKey> list(ObjectKey.Kind kind) throws StoreException;

  /// Makes a change while nobody else, in whatever process, makes one.
  <T> T alone(Change<T> change) throws StoreException;

  /// Something that is done to objects.
  @FunctionalInterface
  interface Change<T> {
    T make() throws StoreException;
  }
}
