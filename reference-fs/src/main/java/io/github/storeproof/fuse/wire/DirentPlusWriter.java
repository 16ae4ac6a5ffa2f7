package io.github.storeproof.fuse.wire;

/// Takes the entries of a READDIRPLUS reply, as many as the kernel's buffer holds.
///
/// *Confined* to the request.
@FunctionalInterface
public interface DirentPlusWriter {
  /// Adds an entry with its attributes. The listing shows `ino` and type of `entry.attr()`.
  ///
  /// With node id 0 (always for `.` and `..`) the kernel takes the name, ino and type only. With
  /// another node id an accepted entry counts as one lookup of that node.
  ///
  /// @param nextOffset where to go on after this entry: unique in the directory and not 0
  /// @return false when there is no room: the entry was not taken, and none after it can be
  boolean add(Entry entry, long nextOffset, byte[] name);
}
