package io.github.storeproof.store.object;

import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/// Keeps objects under names. Knows nothing of what is in them. *Thread-safe.*
public interface ObjectStorage {
  /// Whether there is such an object.
  boolean has(ObjectKey key) throws StoreException;

  /// Whether there is such an object, which is not collected soon then, although nothing may refer to it
  /// yet.
  boolean use(ObjectKey key) throws StoreException;

  /// Whether an object was put or used so lately that using it need not be noted again.
  boolean isUsedLately(ObjectKey key) throws StoreException;

  /// When an object was put or used last, give or take some minutes; empty when there is none.
  OptionalLong lastUseMillis(ObjectKey key) throws StoreException;

  /// All bytes of an object; empty when there is none.
  ///
  /// @param mostBytes how many it may have
  /// @throws StoreException [StoreFailure#CORRUPT] when it has more
  Optional<byte[]> get(ObjectKey key, int mostBytes) throws StoreException;

  /// Starts to write objects that become visible together.
  ObjectBatch openBatch();

  /// Removes an object. Does nothing when there is none.
  void remove(ObjectKey key) throws StoreException;

  /// Removes those objects of which nobody objects to it, while none is put and none is used.
  Removed removeAll(Collection<ObjectKey> keys, Veto veto) throws StoreException;

  /// Removes what killed writers have left.
  ///
  /// @param untilMillis when it was last written, at most
  /// @return how many bytes it had
  long removeAbandoned(long untilMillis) throws StoreException;

  /// The names of all objects of a kind, in no order. One that comes or goes meanwhile may be left out.
  Cursor<ObjectKey> list(ObjectKey.Kind kind) throws StoreException;

  /// Makes a change while nobody else, in whatever process, makes one.
  <T> T alone(Change<T> change) throws StoreException;

  /// What was removed.
  record Removed(int objectCount, long sizeBytes) {}

  /// Says which objects stay.
  interface Veto {
    /// Hears that nothing changes until all were asked for.
    void begin() throws StoreException;

    /// Whether the object stays.
    boolean isKept(ObjectKey key) throws StoreException;
  }

  /// Something that is done to objects.
  @FunctionalInterface
  interface Change<T> {
    T make() throws StoreException;
  }
}
