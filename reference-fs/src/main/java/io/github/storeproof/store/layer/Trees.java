package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Whole trees on their way from one service to another.
final class Trees {
  private Trees() {}

  /// A directory and all below it; nothing when it is not there.
  static Map<B3Digest, Directory> read(DirectoryService service, B3Digest root)
      throws StoreException {
    Map<B3Digest, Directory> tree = new HashMap<>();
    try (Cursor<Directory> cursor = service.getRecursive(root)) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        tree.put(next.get().digest(), next.get());
      }
    }
    return tree;
  }

  /// Stores a tree.
  ///
  /// @return its root
  static B3Digest put(DirectoryService service, B3Digest root, Map<B3Digest, Directory> tree)
      throws StoreException {
    try (DirectoryWriter writer = service.putMultiple()) {
      putLeavesFirst(root, tree, writer);
      return writer.commit();
    }
  }

  private static void putLeavesFirst(
      B3Digest root, Map<B3Digest, Directory> tree, DirectoryWriter writer) throws StoreException {
    Set<B3Digest> opened = new HashSet<>();
    Set<B3Digest> put = new HashSet<>();
    Deque<B3Digest> waiting = new ArrayDeque<>();
    waiting.push(root);
    while (!waiting.isEmpty()) {
      B3Digest digest = waiting.getFirst();
      Directory directory = tree.get(digest);
      if (directory == null) {
        throw new StoreException(StoreFailure.MISSING, "directory " + digest + " is not there");
      }
      if (opened.add(digest)) {
        directory.forEach((_, node) -> {
          if (node instanceof DirectoryNode child && !put.contains(child.digest())) {
            waiting.push(child.digest());
          }
        });
      } else {
        waiting.pop();
        if (put.add(digest)) {
          writer.put(directory);
        }
      }
    }
  }
}
