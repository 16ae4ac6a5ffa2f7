package io.github.storeproof.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Reads an archive in Nix's format and refuses what Nix's own writer would not have written: another
/// order of strings or names, padding that is not zero, an end that comes early or late (rule NAR-2).
///
/// So what is accepted has one meaning: [NarWriter] makes the same bytes of it. Memory goes with the
/// depth of directories, which has a bound, and with nothing else: a length in the archive is compared
/// with what its place allows before a byte behind it is read, and contents pass as streams. A refusal
/// says at which byte of the archive the wrong string, number or padding begins. *Confined*.
public final class NarReader {
  /// The most directories that are in each other.
  public static final int MAX_DEPTH = 1 << 16;

  /// A directory that is being read.
  private static final class Frame {
    private @Nullable PathComponent lastName;
  }

  private final NarInput in;
  private final NarVisitor visitor;
  private final Deque<Frame> frames = new ArrayDeque<>();

  private NarReader(NarInput in, NarVisitor visitor) {
    this.in = in;
    this.visitor = visitor;
  }

  /// Reads one archive.
  ///
  /// @param archive read to its end, which must be the archive's, not closed
  /// @param visitor is told what was read, before the rest is known to be good; a content that it does
  ///     not read is passed over
  /// @throws InvalidDataException when it is no archive, or when the visitor throws it
  /// @throws IOException when the stream or the visitor fails
  public static void read(InputStream archive, NarVisitor visitor) throws IOException {
    new NarReader(new NarInput(archive), visitor).archive();
  }

  private void archive() throws IOException {
    in.want("nix-archive-1");
    node();
    while (!frames.isEmpty()) {
      if (in.oneOf("entry", ")") == 0) {
        entry(frames.element());
      } else {
        visitor.endDirectory();
        frames.pop();
        endNode();
      }
    }
    in.wantEnd();
  }

  private void entry(Frame frame) throws IOException {
    in.want("(");
    in.want("name");
    long offset = in.offsetBytes();
    PathComponent name = in.name();
    PathComponent previous = frame.lastName;
    if (previous != null && previous.compareTo(name) >= 0) {
      throw Directory.outOfOrder(previous, name).at(NarInput.place(offset));
    }
    frame.lastName = name;
    in.want("node");
    visitor.entry(name);
    node();
  }

  private void node() throws IOException {
    in.want("(");
    in.want("type");
    switch (in.oneOf("directory", "regular", "symlink")) {
      case 0 -> directory();
      case 1 -> file();
      default -> symlink();
    }
  }

  private void directory() throws IOException {
    if (frames.size() == MAX_DEPTH) {
      throw in.refusal(
          Violation.NAR_DEPTH,
          "a directory comes in " + MAX_DEPTH + " others, want at most " + MAX_DEPTH);
    }
    visitor.directory();
    frames.push(new Frame());
  }

  private void file() throws IOException {
    boolean executable = in.oneOf("executable", "contents") == 0;
    if (executable) {
      in.want("");
      in.want("contents");
    }
    NarInput.Content content = in.content();
    visitor.file(executable, content.sizeBytes(), content);
    content.end();
    in.want(")");
    endNode();
  }

  private void symlink() throws IOException {
    in.want("target");
    visitor.symlink(in.target());
    in.want(")");
    endNode();
  }

  /// Reads the end of the entry that the node is in, unless it is the root.
  private void endNode() throws IOException {
    if (!frames.isEmpty()) {
      in.want(")");
    }
  }
}
