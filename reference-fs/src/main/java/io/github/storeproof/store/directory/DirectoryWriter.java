package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.store.StoreException;

/// Takes the directories of one tree, each after its sub-directories, the root last. *Confined.*
///
/// Nothing is stored before [#commit]; a writer closed without it leaves nothing behind (rule
/// DSV-4).
public interface DirectoryWriter extends AutoCloseable {
  /// Adds a directory, checked against those before it. One that was added already is accepted and
  /// changes nothing.
  void put(Directory directory) throws StoreException;

  /// Stores the tree. The last directory is its root, and every other one is reached from it.
  ///
  /// @return the root's digest
  B3Digest commit() throws StoreException;

  @Override
  void close();
}
