package io.github.storeproof.castorefs;

import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The inodes that the kernel knows, by node id. A node id is never used twice, so its generation
/// is always 0.
///
/// *Thread-safe.*
final class InodeTable {
  private final ConcurrentHashMap<Long, Inode> inodes = new ConcurrentHashMap<>();
  // 0 means none and 1 is the root.
  private final AtomicLong nextNodeId = new AtomicLong(2);

  /// Makes an inode with a new node id and a lookup count of 0.
  Inode create(Siblings siblings, PathComponent name, Node node) {
    long ino = Inos.child(siblings.parentIno(), name);
    Inode inode = new Inode(nextNodeId.getAndIncrement(), ino, siblings, name, node);
    inodes.put(inode.nodeId(), inode);
    return inode;
  }

  @Nullable Inode find(long nodeId) {
    return inodes.get(nodeId);
  }

  void remove(Inode inode) {
    inodes.remove(inode.nodeId());
  }

  /// How many inodes the kernel knows, without the root.
  int size() {
    return inodes.size();
  }
}
