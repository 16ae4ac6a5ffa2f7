package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import java.util.Optional;

/// Keeps path infos under the 20-byte digests of their store paths.
///
/// *Thread-safe*; cursors are *confined*.
public interface PathInfoService {
  /// Whether calls may wait for a disk or a network. A caller that must not wait calls on another
  /// thread then.
  default boolean mayBlock() {
    return true;
  }

  /// The path info of the store path with that digest; empty when there is none.
  ///
  /// @param digest 20 bytes
  Optional<PathInfo> get(byte[] digest) throws StoreException;

  /// Stores a path info, or adds signatures to one that is there (rule PIN-2).
  ///
  /// @return as it is stored now
  PathInfo put(PathInfo pathInfo) throws StoreException;

  /// All path infos, each once. One that is put meanwhile may be left out.
  ///
  /// @throws StoreException [io.github.storeproof.store.StoreFailure#UNSUPPORTED] when the
  ///     service cannot list
  Cursor<PathInfo> list() throws StoreException;

  /// Whether every change of this service, made by whomever, is told to listeners.
  default boolean isObservable() {
    return false;
  }

  /// Tells `listener` of each path info that appears from now on. Does nothing unless
  /// [#isObservable].
  default void addListener(PathInfoListener listener) {}
}
