package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects one tree and checks that it is one. *Confined.*
///
/// A tree is in memory until its commit: its size has a bound, and so has that of all together.
final class TreeWriter implements DirectoryWriter {
  private static final int MOST_DIRECTORIES = 500_000;
  private static final long MOST_ENTRIES = 2_000_000;

  /// Takes the directories of a closed tree.
  @FunctionalInterface
  interface Keeper {
    void keepAll(B3Digest root, Collection<Directory> closed) throws StoreException;
  }

  private final Keeper keeper;
  private final References references;
  private final TreeSpace space;
  private final Map<B3Digest, Directory> tree = new HashMap<>();
  // Directories that none has referred to yet: in the end the root alone.
  private final Set<B3Digest> tops = new HashSet<>();
  private @Nullable B3Digest last;
  private long entryCount;
  private long takenBytes;
  private boolean isOpen = true;

  TreeWriter(Keeper keeper, References references, TreeSpace space) {
    this.keeper = keeper;
    this.references = references;
    this.space = space;
  }

  @Override
  public void put(Directory directory) throws StoreException {
    requireOpen();
    references.check(directory, digest -> Optional.ofNullable(tree.get(digest)));
    B3Digest digest = directory.digest();
    last = digest;
    if (!tree.containsKey(digest)) {
      long bytes = TreeSpace.bytesOf(directory);
      space.take(bytes);
      takenBytes += bytes;
      tree.put(digest, directory);
      entryCount += directory.entryCount();
      checkSize();
      tops.add(digest);
      directory.forEach((_, node) -> {
        if (node instanceof DirectoryNode child) {
          tops.remove(child.digest());
        }
      });
    }
  }

  private void checkSize() throws StoreException {
    if (tree.size() > MOST_DIRECTORIES || entryCount > MOST_ENTRIES) {
      throw new StoreException(
          StoreFailure.FULL,
          "tree has %d directories of %d entries so far, want at most %d of %d"
              .formatted(tree.size(), entryCount, MOST_DIRECTORIES, MOST_ENTRIES));
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
    keeper.keepAll(root, tree.values());
    return root;
  }

  @Override
  public void close() {
    isOpen = false;
    tree.clear();
    tops.clear();
    space.give(takenBytes);
    takenBytes = 0;
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
