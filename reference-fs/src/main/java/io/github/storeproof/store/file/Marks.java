package io.github.storeproof.store.file;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.directory.DirectoryRecord;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Table;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The directories and blobs that are reached from somewhere. *Confined.*
final class Marks {
  private final Set<B3Digest> directories = new HashSet<>();
  private final Set<B3Digest> blobs = new HashSet<>();

  boolean hasDirectory(B3Digest digest) {
    return directories.contains(digest);
  }

  boolean hasBlob(B3Digest digest) {
    return blobs.contains(digest);
  }

  /// Marks a node and all below it that is not marked yet.
  ///
  /// @throws StoreException when a directory is corrupt: nobody knows what it referred to
  void mark(Index.Reader reader, Node root) throws StoreException {
    Deque<B3Digest> waiting = new ArrayDeque<>();
    note(root, waiting);
    while (!waiting.isEmpty()) {
      B3Digest digest = waiting.pop();
      Optional<byte[]> record = reader.find(Table.DIRECTORIES, digest.toBytes());
      if (record.isPresent()) {
        Directory directory = DirectoryRecord.of(digest, record.get());
        for (int i = 0; i < directory.entryCount(); i++) {
          note(directory.nodeAt(i), waiting);
        }
      }
    }
  }

  private void note(Node node, Deque<B3Digest> waiting) {
    switch (node) {
      case DirectoryNode directory -> {
        if (directories.add(directory.digest())) {
          waiting.push(directory.digest());
        }
      }
      case FileNode file -> blobs.add(file.digest());
      case SymlinkNode _ -> {}
    }
  }
}
