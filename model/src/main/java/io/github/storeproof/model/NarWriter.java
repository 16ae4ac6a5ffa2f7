package io.github.storeproof.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Writes an archive in Nix's format, node by node, as `nix-store --dump` would.
///
/// A node is one call of [#file] or [#symlink], or [#directory], then for each entry [#entry] and its
/// node, in ascending order of the names' bytes, then [#endDirectory]. [#finish] says that the root
/// is complete. Every string is a length (8 bytes, little-endian), its bytes, and zeros up to a
/// multiple of 8.
///
/// The stream is neither flushed nor closed here; a buffered one is worth its while. After an
/// exception the archive is spoilt. *Confined*.
public final class NarWriter {
  private static final int ALIGNMENT_BYTES = 8;
  private static final int COPY_BUFFER_BYTES = 1 << 16;

  /// A directory that is being written.
  private static final class Frame {
    private @Nullable PathComponent lastName;
    private boolean wantsNode;
  }

  private final OutputStream out;
  private final byte[] word = new byte[ALIGNMENT_BYTES];
  private final Deque<Frame> frames = new ArrayDeque<>();
  private byte @Nullable [] copyBuffer;
  private boolean rootBegun;

  /// A writer of one archive to `out`.
  public NarWriter(OutputStream out) {
    this.out = out;
  }

  /// Begins a directory.
  ///
  /// @throws IOException when the stream fails
  public void directory() throws IOException {
    beginNode("directory");
    frames.push(new Frame());
  }

  /// Names the next entry of the directory that was begun last; its node comes next.
  ///
  /// @throws InvalidDataException when the name does not sort after the one before
  /// @throws IOException when the stream fails
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
    string("entry");
    string("(");
    string("name");
    bytes(name.toBytes());
    string("node");
  }

  /// Ends the directory that was begun last.
  ///
  /// @throws IOException when the stream fails
  public void endDirectory() throws IOException {
    Frame frame = openFrame("end of a directory");
    if (frame.wantsNode) {
      throw new IllegalStateException("entry \"" + frame.lastName + "\" has no node, want one");
    }
    frames.pop();
    endNode();
  }

  /// Writes a file.
  ///
  /// @param executable whether it can be executed
  /// @param sizeBytes how many bytes `content` has
  /// @param content the bytes; read to its end, not closed
  /// @throws InvalidDataException when the content has more or fewer bytes
  /// @throws IOException when a stream fails
  public void file(boolean executable, long sizeBytes, InputStream content) throws IOException {
    NodeSize.check(sizeBytes);
    beginNode("regular");
    if (executable) {
      string("executable");
      string("");
    }
    string("contents");
    number(sizeBytes);
    copy(sizeBytes, content);
    pad(sizeBytes);
    endNode();
  }

  /// Writes a symlink.
  ///
  /// @throws IOException when the stream fails
  public void symlink(SymlinkTarget target) throws IOException {
    beginNode("symlink");
    string("target");
    bytes(target.toBytes());
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

  private void beginNode(String type) throws IOException {
    Frame frame = frames.peek();
    if (frame == null) {
      beginRoot();
    } else if (frame.wantsNode) {
      frame.wantsNode = false;
    } else {
      throw new IllegalStateException("node comes without an entry's name, want entry(name) first");
    }
    string("(");
    string("type");
    string(type);
  }

  private void beginRoot() throws IOException {
    if (rootBegun) {
      throw new IllegalStateException("archive has its node already, want only one");
    }
    rootBegun = true;
    string("nix-archive-1");
  }

  private void endNode() throws IOException {
    string(")");
    if (!frames.isEmpty()) {
      string(")");
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

  private void string(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void bytes(byte[] content) throws IOException {
    number(content.length);
    out.write(content);
    pad(content.length);
  }

  private void number(long value) throws IOException {
    for (int i = 0; i < ALIGNMENT_BYTES; i++) {
      word[i] = (byte) (value >>> (8 * i));
    }
    out.write(word);
  }

  private void pad(long lengthBytes) throws IOException {
    int rest = (int) (lengthBytes % ALIGNMENT_BYTES);
    for (int i = rest; rest > 0 && i < ALIGNMENT_BYTES; i++) {
      out.write(0);
    }
  }
}
