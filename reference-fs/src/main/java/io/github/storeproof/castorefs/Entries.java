package io.github.storeproof.castorefs;

import io.github.storeproof.fuse.wire.Entry;

/// The answers to a lookup. What is below the root is immutable, so that the kernel need never ask
/// again; a name that the root lacks may appear at any time.
final class Entries {
  /// No such name in an immutable directory.
  static final Entry NEVER = Entry.negative(Entry.FOREVER);

  /// No such store path, by now (rule ROOT-4).
  static final Entry NOT_YET = Entry.negative(0);

  private static final long GENERATION = 0;

  private Entries() {}

  static Entry of(Inode inode) {
    return new Entry(
        inode.nodeId(),
        GENERATION,
        Attributes.of(inode.node(), inode.ino()),
        Entry.FOREVER,
        Entry.FOREVER);
  }
}
