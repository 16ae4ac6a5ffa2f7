package io.github.storeproof.castorefs;

import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;

/// What stat shows of each kind of node (rules ATTR-1…5, MODE-1…3, INO-4 and INO-5).
///
/// A directory's size is that of its node, so that it does not change when the directory is loaded
/// (rule INO-8). Its link count is 1, which tells programs like find(1) not to count
/// sub-directories by it.
final class Attributes {
  private static final int PLAIN = 0444;
  private static final int EXECUTABLE = 0555;
  private static final int LINK = 0777;
  private static final long TIME_SECONDS = 1;
  private static final int LINK_COUNT = 1;
  private static final int BLOCK_SIZE_BYTES = 4096;

  private Attributes() {}

  static Attr ofRoot() {
    return ofDirectory(Inos.ROOT);
  }

  /// A directory of unknown size, as the root is and the entries `.` and `..` are.
  static Attr ofDirectory(long ino) {
    return attr(ino, 0, Attr.S_IFDIR | EXECUTABLE);
  }

  static Attr of(Node node, long ino) {
    return attr(ino, sizeOf(node), modeOf(node));
  }

  /// The `DT_` number of a directory entry.
  static int direntTypeOf(Node node) {
    return modeOf(node) >> 12;
  }

  private static Attr attr(long ino, long sizeBytes, int mode) {
    return new Attr(
        ino,
        sizeBytes,
        Attr.blocksOf(sizeBytes),
        TIME_SECONDS,
        mode,
        LINK_COUNT,
        0,
        0,
        BLOCK_SIZE_BYTES);
  }

  private static long sizeOf(Node node) {
    return switch (node) {
      case DirectoryNode directory -> directory.size();
      case FileNode file -> file.size();
      case SymlinkNode link -> link.target().lengthBytes();
    };
  }

  private static int modeOf(Node node) {
    return switch (node) {
      case DirectoryNode _ -> Attr.S_IFDIR | EXECUTABLE;
      case FileNode file -> Attr.S_IFREG | (file.executable() ? EXECUTABLE : PLAIN);
      case SymlinkNode _ -> Attr.S_IFLNK | LINK;
    };
  }
}
