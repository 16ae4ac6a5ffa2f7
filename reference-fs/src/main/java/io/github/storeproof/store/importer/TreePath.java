package io.github.storeproof.store.importer;

import io.github.storeproof.posix.RawPath;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Where in a tree something is: cheap to make for each file, spelled out for a message only.
/// *Immutable.*
final class TreePath {
  private final @Nullable TreePath parent;
  private final byte[] name;

  private TreePath(@Nullable TreePath parent, byte[] name) {
    this.parent = parent;
    this.name = name;
  }

  /// The path of the whole tree.
  static TreePath of(RawPath root) {
    return new TreePath(null, root.toBytes());
  }

  TreePath child(byte[] childName) {
    return new TreePath(this, childName);
  }

  RawPath spelledOut() {
    Deque<byte[]> names = new ArrayDeque<>();
    for (TreePath at = this; at != null; at = at.parent) {
      names.push(at.name);
    }
    RawPath path = RawPath.of(names.pop());
    for (byte[] each : names) {
      path = path.child(each);
    }
    return path;
  }
}
