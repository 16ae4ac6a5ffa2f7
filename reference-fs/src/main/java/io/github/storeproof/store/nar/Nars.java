package io.github.storeproof.store.nar;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.NarWriter;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobInputStream;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.directory.DirectoryService;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/// Writes the NARs of trees in stores. Depth costs memory, not stack. *Thread-safe.*
///
/// @param sizes of the same directories
public record Nars(BlobService blobs, DirectoryService directories, NarSizes sizes) {
  /// Of what these services hold.
  public Nars(BlobService blobs, DirectoryService directories) {
    this(blobs, directories, new NarSizes(directories));
  }

  /// A directory that is being written, and the next of its entries.
  private static final class Frame {
    private final Directory directory;
    private int next;

    Frame(Directory directory) {
      this.directory = directory;
    }
  }

  /// The digest and the length of a node's NAR; it is hashed while more is read.
  ///
  /// @param isGivenUp asked between entries
  public NarDigest digest(Node root, BooleanSupplier isGivenUp) throws StoreException {
    NarHasher hasher = new NarHasher();
    try {
      write(root, hasher, isGivenUp);
      return hasher.end();
    } catch (InterruptedIOException e) {
      throw new StoreException(StoreFailure.INTERRUPTED, "NAR: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new StoreException(StoreFailure.IO, "NAR cannot be hashed: " + e.getMessage(), e);
    }
  }

  /// Writes the NAR of a node.
  ///
  /// @param isGivenUp asked between entries
  /// @throws StoreException [StoreFailure#MISSING] when content is not there; what was written
  ///     before is no NAR
  /// @throws IOException when `out` throws it
  public void write(Node root, OutputStream out, BooleanSupplier isGivenUp)
      throws StoreException, IOException {
    NarWriter nar = new NarWriter(out);
    Deque<Frame> frames = new ArrayDeque<>();
    try {
      begin(root, nar, frames);
      while (!frames.isEmpty()) {
        if (isGivenUp.getAsBoolean()) {
          throw new StoreException(StoreFailure.INTERRUPTED, "NAR: the caller gave up");
        }
        advance(frames.getFirst(), nar, frames);
      }
      nar.finish();
    } catch (IOException e) {
      if (e.getCause() instanceof StoreException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /// Writes a part of the NAR of a node, and reads no content but that of this part.
  ///
  /// @param offsetBytes where it begins, from 0
  /// @param lengthBytes how much of it is wanted; what lies behind the end of the NAR is not there
  /// @param isGivenUp asked between entries
  /// @throws StoreException [StoreFailure#MISSING] when a directory, or content of this part, is not
  ///     there; what was written before is good
  /// @throws IOException when `out` throws it
  public void writeSlice(
      Node root, long offsetBytes, long lengthBytes, OutputStream out, BooleanSupplier isGivenUp)
      throws StoreException, IOException {
    if (offsetBytes < 0 || lengthBytes < 0) {
      throw new IllegalArgumentException(
          "slice is " + lengthBytes + " bytes at " + offsetBytes + ", want neither below 0");
    }
    new NarSlice(this, offsetBytes, lengthBytes, out, isGivenUp).write(root);
  }

  private void advance(Frame frame, NarWriter nar, Deque<Frame> frames)
      throws StoreException, IOException {
    if (frame.next == frame.directory.entryCount()) {
      nar.endDirectory();
      frames.pop();
      return;
    }
    int index = frame.next++;
    nar.entry(frame.directory.nameAt(index));
    begin(frame.directory.nodeAt(index), nar, frames);
  }

  private void begin(Node node, NarWriter nar, Deque<Frame> frames)
      throws StoreException, IOException {
    switch (node) {
      case DirectoryNode directory -> {
        nar.directory();
        frames.push(new Frame(directory(directories, directory)));
      }
      case FileNode file -> {
        try (BlobReader reader = blob(blobs, file)) {
          nar.file(file.executable(), file.size(), new BlobInputStream(reader));
        }
      }
      case SymlinkNode link -> nar.symlink(link.target());
    }
  }

  static Directory directory(DirectoryService directories, DirectoryNode node)
      throws StoreException {
    return directories.get(node.digest()).orElseThrow(() -> missing("directory " + node.digest()));
  }

  static BlobReader blob(BlobService blobs, FileNode file) throws StoreException {
    return blobs
        .openRead(file.digest(), file.size())
        .orElseThrow(() -> missing("blob " + file.digest()));
  }

  private static StoreException missing(String what) {
    return new StoreException(StoreFailure.MISSING, what + " is not there");
  }
}
