package io.github.storeproof.castorefs;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import org.jspecify.annotations.Nullable;

/// A loaded directory and those of its entries that the kernel knows.
///
/// *Thread-safe*: one lock for one directory, held for a few steps only. Entries that the kernel
/// does not know cost nothing.
final class Children implements Siblings, Listing {
  private final InodeTable table;
  private final Directory directory;
  private final long parentIno;
  private Inode @Nullable [] inodes;
  private int knownCount;

  Children(InodeTable table, Directory directory, long parentIno) {
    this.table = table;
    this.directory = directory;
    this.parentIno = parentIno;
  }

  /// The index of the entry with this name, or -1.
  int indexOf(byte[] name) {
    return directory.indexOf(name);
  }

  @Override
  public int entryCount() {
    return directory.entryCount();
  }

  @Override
  public PathComponent nameAt(int index) {
    return directory.nameAt(index);
  }

  @Override
  public Node nodeAt(int index) {
    return directory.nodeAt(index);
  }

  @Override
  public long parentIno() {
    return parentIno;
  }

  @Override
  public synchronized Inode lookup(int index) {
    if (inodes == null) {
      inodes = new Inode[directory.entryCount()];
    }
    Inode inode = inodes[index];
    if (inode == null) {
      inode = table.create(this, directory.nameAt(index), directory.nodeAt(index));
      inodes[index] = inode;
      knownCount++;
    }
    inode.count(1);
    return inode;
  }

  @Override
  public synchronized void forget(Inode inode, long lookupCount) {
    if (inode.count(-lookupCount) > 0 || inodes == null) {
      return;
    }
    int index = directory.indexOf(inode.name().toBytes());
    if (inodes[index] != inode) {
      return;
    }
    inodes[index] = null;
    table.remove(inode);
    if (--knownCount == 0) {
      inodes = null;
    }
  }
}
