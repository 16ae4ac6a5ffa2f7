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
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/// Writes the NARs of trees in stores. Depth costs memory, not stack. *Thread-safe.*
public record Nars(BlobService blobs, DirectoryService directories) {
  /// A directory that is being written, and the next of its entries.
  private static final class Frame {
    private final Directory directory;
    private int next;

    Frame(Directory directory) {
      this.directory = directory;
    }
  }

  /// The digest and the length of a node's NAR.
  ///
  /// @param isGivenUp asked between entries
  public NarDigest digest(Node root, BooleanSupplier isGivenUp) throws StoreException {
    NarDigest digest = new NarDigest();
    try {
      write(root, digest, isGivenUp);
      return digest;
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
        frames.push(new Frame(find(directory)));
      }
      case FileNode file -> {
        try (BlobReader reader = open(file)) {
          nar.file(file.executable(), file.size(), new BlobInputStream(reader));
        }
      }
      case SymlinkNode link -> nar.symlink(link.target());
    }
  }

  private Directory find(DirectoryNode node) throws StoreException {
    return directories.get(node.digest()).orElseThrow(() -> missing("directory " + node.digest()));
  }

  private BlobReader open(FileNode file) throws StoreException {
    return blobs
        .openRead(file.digest(), file.size())
        .orElseThrow(() -> missing("blob " + file.digest()));
  }

  private static StoreException missing(String what) {
    return new StoreException(StoreFailure.MISSING, what + " is not there");
  }
}
