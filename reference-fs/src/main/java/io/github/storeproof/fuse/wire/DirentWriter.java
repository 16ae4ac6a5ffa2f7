package io.github.storeproof.fuse.wire;

/// Takes the entries of a READDIR reply, as many as the kernel's buffer holds.
///
/// *Confined* to the request.
@FunctionalInterface
public interface DirentWriter {
  /// Adds an entry.
  ///
  /// @param ino as `st_ino` of the node; not 0
  /// @param nextOffset where to go on after this entry: unique in the directory and not 0
  /// @param type `DT_` number, see [Attr#direntType]
  /// @return false when there is no room: the entry was not taken, and none after it can be
  boolean add(long ino, long nextOffset, int type, byte[] name);
}
