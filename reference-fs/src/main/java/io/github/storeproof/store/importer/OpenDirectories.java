package io.github.storeproof.store.importer;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The directories of a tree that are not complete, and the root once it is known. *Confined.*
final class OpenDirectories {
  /// A directory that is not complete, and the name that its next node has.
  private static final class Frame {
    private final Directory.Builder entries = Directory.builder();
    private @Nullable PathComponent name;
  }

  private final Deque<Frame> frames = new ArrayDeque<>();
  private @Nullable Node root;

  /// Begins a directory.
  void begin() {
    frames.push(new Frame());
  }

  /// Names the next node of the directory that was begun last.
  void name(PathComponent name) {
    frames.getFirst().name = name;
  }

  /// Ends the directory that was begun last. It is no node yet.
  Directory end() {
    return frames.pop().entries.build();
  }

  /// The node that was named last, or the root.
  void add(Node node) {
    Frame frame = frames.peek();
    if (frame == null) {
      root = node;
    } else if (frame.name == null) {
      throw new IllegalStateException("node without a name");
    } else {
      frame.entries.add(frame.name, node);
    }
  }

  /// The root of the tree, which is complete.
  Node root() {
    if (root == null) {
      throw new IllegalStateException("tree without a node");
    }
    return root;
  }
}
