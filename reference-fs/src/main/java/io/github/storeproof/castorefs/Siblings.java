package io.github.storeproof.castorefs;

/// All inodes of one directory: they are made, counted and forgotten under one lock.
interface Siblings {
  /// The `st_ino` of the directory that they are in.
  long parentIno();

  /// Takes `lookupCount` from the count of one of them, and gives it up at 0.
  void forget(Inode inode, long lookupCount);
}
