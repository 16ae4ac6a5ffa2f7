package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.Entry;

/// Attributes with one field changed.
final class Attrs {
  private Attrs() {}

  /// Attributes of nothing but a number and a mode.
  static Attr of(long ino, int mode) {
    return new Attr(ino, 0, 0, 0, mode, 1, 0, 0, 4096);
  }

  /// The entry with these attributes in place of its own.
  static Entry of(Entry entry, Attr attr) {
    return new Entry(
        entry.nodeId(),
        entry.generation(),
        attr,
        entry.entryValidSeconds(),
        entry.attrValidSeconds());
  }

  static boolean isFile(Attr attr) {
    return (attr.mode() & Attr.S_IFMT) == Attr.S_IFREG;
  }

  static boolean isDirectory(Attr attr) {
    return (attr.mode() & Attr.S_IFMT) == Attr.S_IFDIR;
  }

  static boolean isLink(Attr attr) {
    return (attr.mode() & Attr.S_IFMT) == Attr.S_IFLNK;
  }

  static boolean isExecutable(Attr attr) {
    return isFile(attr) && (attr.mode() & 0111) != 0;
  }

  static Attr withIno(Attr a, long ino) {
    return new Attr(
        ino,
        a.sizeBytes(),
        a.blockCount(),
        a.timeSeconds(),
        a.mode(),
        a.linkCount(),
        a.uid(),
        a.gid(),
        a.blockSizeBytes());
  }

  static Attr withSize(Attr a, long sizeBytes) {
    return new Attr(
        a.ino(),
        sizeBytes,
        a.blockCount(),
        a.timeSeconds(),
        a.mode(),
        a.linkCount(),
        a.uid(),
        a.gid(),
        a.blockSizeBytes());
  }

  static Attr withBlocks(Attr a, long blocks) {
    return new Attr(
        a.ino(),
        a.sizeBytes(),
        blocks,
        a.timeSeconds(),
        a.mode(),
        a.linkCount(),
        a.uid(),
        a.gid(),
        a.blockSizeBytes());
  }

  static Attr withTime(Attr a, long seconds) {
    return new Attr(
        a.ino(),
        a.sizeBytes(),
        a.blockCount(),
        seconds,
        a.mode(),
        a.linkCount(),
        a.uid(),
        a.gid(),
        a.blockSizeBytes());
  }

  static Attr withMode(Attr a, int mode) {
    return new Attr(
        a.ino(),
        a.sizeBytes(),
        a.blockCount(),
        a.timeSeconds(),
        mode,
        a.linkCount(),
        a.uid(),
        a.gid(),
        a.blockSizeBytes());
  }

  static Attr withPermissions(Attr a, int permissions) {
    return withMode(a, a.mode() & Attr.S_IFMT | permissions);
  }

  static Attr withLinks(Attr a, int links) {
    return new Attr(
        a.ino(),
        a.sizeBytes(),
        a.blockCount(),
        a.timeSeconds(),
        a.mode(),
        links,
        a.uid(),
        a.gid(),
        a.blockSizeBytes());
  }

  static Attr withOwner(Attr a, int uid) {
    return new Attr(
        a.ino(),
        a.sizeBytes(),
        a.blockCount(),
        a.timeSeconds(),
        a.mode(),
        a.linkCount(),
        uid,
        a.gid(),
        a.blockSizeBytes());
  }
}
