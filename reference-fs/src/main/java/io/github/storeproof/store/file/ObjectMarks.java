package io.github.storeproof.store.file;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.Chunk;
import io.github.storeproof.store.object.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The objects that are reached from somewhere. *Confined.*
///
/// A tree stays as a whole, with all that it refers to, though only a part of it is reached.
final class ObjectMarks {
  private final ObjectStore store;
  // A tree that stays, of each directory in one.
  private final Map<B3Digest, B3Digest> rootOfEach = new HashMap<>();
  private final Set<B3Digest> trees = new HashSet<>();
  private final Set<B3Digest> blobs = new HashSet<>();
  private final Set<B3Digest> chunks = new HashSet<>();

  ObjectMarks(ObjectStore store) {
    this.store = store;
  }

  /// Whether an object is reached. Path infos are where it begins: none of them is.
  boolean has(ObjectKey key) throws StoreException {
    return switch (key.kind()) {
      case PATH_INFO -> false;
      case TREE -> trees.contains(key.digest());
      case WITHIN -> rootOfEach.containsKey(key.digest());
      case BLOB -> blobs.contains(key.digest());
      case CHUNK -> chunks.contains(key.digest());
    };
  }

  /// Marks a node and all below it.
  ///
  /// @throws StoreException when something is corrupt: nobody knows what it referred to
  void mark(Node node) throws StoreException {
    switch (node) {
      case DirectoryNode directory -> {
        Optional<B3Digest> root =
            rootOfEach.containsKey(directory.digest())
                ? Optional.empty()
                : store.directories().rootOf(directory.digest());
        if (root.isPresent()) {
          markTree(root.get());
        }
      }
      case FileNode file -> markBlob(file.digest());
      case SymlinkNode _ -> {}
    }
  }

  /// Marks the object of a tree and what it refers to.
  void markTree(B3Digest root) throws StoreException {
    if (!trees.add(root)) {
      return;
    }
    for (Directory directory : store.directories().tree(root)) {
      B3Digest _ = rootOfEach.putIfAbsent(directory.digest(), root);
      for (int i = 0; i < directory.entryCount(); i++) {
        if (directory.nodeAt(i) instanceof FileNode file) {
          markBlob(file.digest());
        }
      }
    }
  }

  /// Marks a blob and its chunks; one without a list is a chunk.
  void markBlob(B3Digest digest) throws StoreException {
    if (blobs.add(digest)) {
      chunks.add(digest);
      for (Chunk chunk : store.blobs().chunks(digest).orElse(List.of())) {
        chunks.add(chunk.digest());
      }
    }
  }

  /// Trees that stay for those directories of one that goes which they have too.
  Map<B3Digest, B3Digest> insteadOf(B3Digest root) throws StoreException {
    Map<B3Digest, B3Digest> others = new HashMap<>();
    for (Directory directory : store.directories().tree(root)) {
      B3Digest other = rootOfEach.get(directory.digest());
      if (other != null) {
        others.put(directory.digest(), other);
      }
    }
    return others;
  }
}
