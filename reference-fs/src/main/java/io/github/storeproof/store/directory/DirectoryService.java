package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import java.util.Optional;

/// Keeps directories under the BLAKE3 digests of their canonical encodings.
///
/// A service holds closed trees only: whatever a directory in it refers to is in it too, with the
/// size that it states (rules DSV-3 and DSV-7). *Thread-safe*; cursors and writers are *confined*.
public interface DirectoryService {
  /// Whether calls may wait for a disk or a network. A caller that must not wait calls on another
  /// thread then.
  default boolean mayBlock() {
    return true;
  }

  /// The directory; empty when there is none of that digest.
  Optional<Directory> get(B3Digest digest) throws StoreException;

  /// Stores one directory whose sub-directories are stored already.
  ///
  /// @return its digest
  B3Digest put(Directory directory) throws StoreException;

  /// The directory and all below it, each once, a parent before its children (rule DSV-2). Nothing
  /// at all when the root is not there; [io.github.storeproof.store.StoreFailure#MISSING] when
  /// another one is not.
  Cursor<Directory> getRecursive(B3Digest root) throws StoreException;

  /// Starts to store a tree, leaves first, all or nothing.
  DirectoryWriter putMultiple() throws StoreException;
}
