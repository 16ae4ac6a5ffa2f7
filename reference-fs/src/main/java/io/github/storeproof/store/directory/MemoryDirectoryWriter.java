package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects one tree and checks that it is one. *Confined.*
final class MemoryDirectoryWriter implements DirectoryWriter {
  private final MemoryDirectoryService service;
  private final References references;
  private final Map<B3Digest, Directory> tree = new HashMap<>();
  // Directories that none has referred to yet: in the end the root alone.
  private final Set<B3Digest> tops = new HashSet<>();
  private @Nullable B3Digest last;
  private boolean isOpen = true;

  MemoryDirectoryWriter(MemoryDirectoryService service, References references) {
    this.service = service;
    this.references = references;
  }

  @Override
  public void put(Directory directory) throws StoreException {
    requireOpen();
    references.check(directory, tree);
    B3Digest digest = directory.digest();
    last = digest;
    if (tree.putIfAbsent(digest, directory) == null) {
      tops.add(digest);
      directory.forEach((_, node) -> {
        if (node instanceof DirectoryNode child) {
          tops.remove(child.digest());
        }
      });
    }
  }

  @Override
  public B3Digest commit() throws StoreException {
    requireOpen();
    isOpen = false;
    B3Digest root = last;
    if (root == null) {
      throw refused("tree has 0 directories, want at least its root");
    }
    if (!tops.equals(Set.of(root))) {
      throw refused(tops.size() + " directories have no parent, want only the last one, " + root);
    }
    service.keepAll(tree.values());
    return root;
  }

  @Override
  public void close() {
    isOpen = false;
    tree.clear();
  }

  private void requireOpen() {
    if (!isOpen) {
      throw new IllegalArgumentException("this writer was committed or closed");
    }
  }

  private static StoreException refused(String message) {
    return new StoreException(StoreFailure.REFUSED, message);
  }
}
