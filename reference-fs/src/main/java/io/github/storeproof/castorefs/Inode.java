package io.github.storeproof.castorefs;

import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import org.jspecify.annotations.Nullable;

/// A node that the kernel knows: one place in the tree, even when its content is at other places
/// too.
///
/// *Thread-safe*: the lookup count belongs to the siblings' lock, the children are set once.
final class Inode {
  private final long nodeId;
  private final long ino;
  private final Siblings siblings;
  private final PathComponent name;
  private final Node node;
  private long lookupCount;
  private volatile @Nullable Children children;

  Inode(long nodeId, long ino, Siblings siblings, PathComponent name, Node node) {
    this.nodeId = nodeId;
    this.ino = ino;
    this.siblings = siblings;
    this.name = name;
    this.node = node;
  }

  long nodeId() {
    return nodeId;
  }

  /// What stat shows.
  long ino() {
    return ino;
  }

  Siblings siblings() {
    return siblings;
  }

  PathComponent name() {
    return name;
  }

  Node node() {
    return node;
  }

  /// Adds to the lookup count, under the lock of the siblings.
  ///
  /// @return the new count
  long count(long change) {
    lookupCount += change;
    return lookupCount;
  }

  /// The directory's children, once it was loaded.
  @Nullable Children children() {
    return children;
  }

  /// Sets the children unless another thread was faster.
  ///
  /// @return those that are set now
  synchronized Children children(Children loaded) {
    Children known = children;
    if (known == null) {
      children = loaded;
      return loaded;
    }
    return known;
  }
}
