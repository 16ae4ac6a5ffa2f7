package io.github.storeproof.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Writes an archive in Nix's format, node by node, as `nix-store --dump` would.
///
/// The calls come in the order that [NarVisitor] says; [#finish] says that the root is complete.
/// [NarPieces] has the format.
///
/// The stream is neither flushed nor closed here; a buffered one is worth its while. After an
/// exception the archive is spoilt. *Confined*.
public final class NarWriter implements NarVisitor {
  private static final int COPY_BUFFER_BYTES = 1 << 16;

  /// A directory that is being written.
  private static final class Frame {
    private @Nullable PathComponent lastName;
    private boolean wantsNode;
  }

  private final OutputStream out;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private byte @Nullable [] copyBuffer;
  private boolean rootBegun;

  /// A writer of one archive to `out`.
  public NarWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void directory() throws IOException {
    beginNode();
    out.write(NarPieces.directoryHead());
    frames.push(new Frame());
  }

  /// @throws InvalidDataException when the name does not sort after the one before
  @Override
  public void entry(PathComponent name) throws IOException {
    Frame frame = openFrame("entry");
    if (frame.wantsNode) {
      throw new IllegalStateException("entry \"" + frame.lastName + "\" has no node, want one");
    }
    PathComponent previous = frame.lastName;
    if (previous != null && previous.compareTo(name) >= 0) {
      throw Directory.outOfOrder(previous, name);
    }
    frame.lastName = name;
    frame.wantsNode = true;
    out.write(NarPieces.entryHead(name));
  }

  @Override
  public void endDirectory() throws IOException {
    Frame frame = openFrame("end of a directory");
    if (frame.wantsNode) {
      throw new IllegalStateException("entry \"" + frame.lastName + "\" has no node, want one");
    }
    frames.pop();
    out.write(NarPieces.directoryTail());
    endNode();
  }

  /// @param content read to its end, not closed
  /// @throws InvalidDataException when the content has more or fewer bytes
  @Override
  public void file(boolean executable, long sizeBytes, InputStream content) throws IOException {
    NodeSize.check(sizeBytes);
    beginNode();
    out.write(NarPieces.fileHead(executable, sizeBytes));
    copy(sizeBytes, content);
    out.write(NarPieces.fileTail(sizeBytes));
    endNode();
  }

  @Override
  public void symlink(SymlinkTarget target) throws IOException {
    beginNode();
    out.write(NarPieces.symlink(target));
    endNode();
  }

  /// Checks that the archive is complete.
  public void finish() {
    if (!rootBegun || !frames.isEmpty()) {
      throw new IllegalStateException(
          rootBegun
              ? frames.size() + " directories are still open, want none"
              : "archive has no node, want one");
    }
  }

  private Frame openFrame(String what) {
    Frame frame = frames.peek();
    if (frame == null) {
      throw new IllegalStateException(what + " comes outside a directory, want it inside");
    }
    return frame;
  }

  private void beginNode() throws IOException {
    Frame frame = frames.peek();
    if (frame == null) {
      beginRoot();
    } else if (frame.wantsNode) {
      frame.wantsNode = false;
    } else {
      throw new IllegalStateException("node comes without an entry's name, want entry(name) first");
    }
  }

  private void beginRoot() throws IOException {
    if (rootBegun) {
      throw new IllegalStateException("archive has its node already, want only one");
    }
    rootBegun = true;
    out.write(NarPieces.magic());
  }

  private void endNode() throws IOException {
    if (!frames.isEmpty()) {
      out.write(NarPieces.entryTail());
    }
  }

  private void copy(long sizeBytes, InputStream content) throws IOException {
    if (copyBuffer == null) {
      copyBuffer = new byte[COPY_BUFFER_BYTES];
    }
    long left = sizeBytes;
    while (left > 0) {
      int count = content.read(copyBuffer, 0, (int) Math.min(left, copyBuffer.length));
      if (count < 0) {
        throw new InvalidDataException(
            Violation.SIZE_MISMATCH,
            "content ends after " + (sizeBytes - left) + " bytes, want " + sizeBytes);
      }
      out.write(copyBuffer, 0, count);
      left -= count;
    }
    if (content.read() >= 0) {
      throw new InvalidDataException(
          Violation.SIZE_MISMATCH, "content goes on after " + sizeBytes + " bytes, want its end");
    }
  }
}
