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
import java.util.Optional;
import java.util.Set;

/// Directories of a near store, and behind it those of a far one. *Thread-safe.*
///
/// A store holds closed trees only: of the far one's directories whole trees are copied.
public final class LayeredDirectories implements DirectoryService {
  private final DirectoryService near;
  private final DirectoryService far;
  private final FarStore farStore;
  private final Layering layering;
  private final Copies<B3Digest> copies = new Copies<>();

  public LayeredDirectories(
      DirectoryService near, DirectoryService far, FarStore farStore, Layering layering) {
    this.near = near;
    this.far = far;
    this.farStore = farStore;
    this.layering = layering;
  }

  @Override
  public Optional<Directory> get(B3Digest digest) throws StoreException {
    Optional<Directory> found = nearOrNone(digest);
    if (found.isPresent()) {
      return found;
    }
    Optional<Directory> fetched = farStore.ask(() -> far.get(digest));
    if (fetched.isPresent() && layering.isCopied()) {
      copies.start(digest, () -> copy(digest));
    }
    return fetched;
  }

  /// One that is corrupt is as good as none: the far store may have it.
  private Optional<Directory> nearOrNone(B3Digest digest) throws StoreException {
    try {
      return near.get(digest);
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void copy(B3Digest root) throws StoreException {
    Map<B3Digest, Directory> tree = new HashMap<>();
    boolean _ =
        farStore.ask(() -> {
          try (Cursor<Directory> cursor = far.getRecursive(root)) {
            for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
              tree.put(next.get().digest(), next.get());
            }
            return true;
          }
        });
    try (DirectoryWriter writer = near.putMultiple()) {
      putLeavesFirst(root, tree, writer);
      var _ = writer.commit();
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

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    if (layering.isWrittenThrough()) {
      var _ = farStore.ask(() -> far.put(directory));
    }
    return near.put(directory);
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) throws StoreException {
    return nearOrNone(root).isPresent()
        ? near.getRecursive(root)
        : farStore.ask(() -> far.getRecursive(root));
  }

  @Override
  public DirectoryWriter putMultiple() throws StoreException {
    if (!layering.isWrittenThrough()) {
      return near.putMultiple();
    }
    DirectoryWriter ofFar = farStore.ask(far::putMultiple);
    try {
      return new ThroughDirectoryWriter(near.putMultiple(), ofFar, farStore);
    } catch (StoreException e) {
      ofFar.close();
      throw e;
    }
  }
}
