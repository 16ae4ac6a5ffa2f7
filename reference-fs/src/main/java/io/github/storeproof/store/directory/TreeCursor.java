package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Walks a tree breadth first, asking the service for one directory at a time. *Confined.*
public final class TreeCursor implements Cursor<Directory> {
  private final DirectoryService service;
  private final B3Digest root;
  private final Deque<B3Digest> waiting = new ArrayDeque<>();
  private final Set<B3Digest> seen = new HashSet<>();

  public TreeCursor(DirectoryService service, B3Digest root) {
    this.service = service;
    this.root = root;
    discover(root);
  }

  @Override
  public Optional<Directory> next() throws StoreException {
    B3Digest digest = waiting.poll();
    if (digest == null) {
      return Optional.empty();
    }
    Optional<Directory> directory = service.get(digest);
    if (directory.isEmpty() && !digest.equals(root)) {
      throw new StoreException(
          StoreFailure.MISSING, "directory " + digest + " below " + root + " is not there");
    }
    directory.ifPresent(found -> found.forEach((_, node) -> discover(node)));
    return directory;
  }

  @Override
  public void close() {
    waiting.clear();
  }

  private void discover(Node node) {
    if (node instanceof DirectoryNode child) {
      discover(child.digest());
    }
  }

  private void discover(B3Digest digest) {
    if (seen.add(digest)) {
      waiting.add(digest);
    }
  }
}
