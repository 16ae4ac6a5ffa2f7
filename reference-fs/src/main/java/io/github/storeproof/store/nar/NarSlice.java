package io.github.storeproof.store.nar;

import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.NarPieces;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/// Writes some bytes of a NAR and makes no others: what lies before them is passed over by its length, a
/// directory with all that is below it at once, and a blob is read where the slice begins. *Confined.*
final class NarSlice {
  private static final int BUFFER_BYTES = 1 << 18;

  /// A directory that the slice begins in or goes on in, and the next of its entries.
  private static final class Frame {
    private final Directory directory;
    private int next;

    Frame(Directory directory) {
      this.directory = directory;
    }
  }

  private final Nars nars;
  private final OutputStream out;
  private final BooleanSupplier isGivenUp;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private long passBytes;
  private long leftBytes;

  /// @param offsetBytes where the slice begins in the NAR
  /// @param lengthBytes how long it is, if the NAR has so many bytes
  NarSlice(
      Nars nars, long offsetBytes, long lengthBytes, OutputStream out, BooleanSupplier isGivenUp) {
    this.nars = nars;
    this.passBytes = offsetBytes;
    this.leftBytes = lengthBytes;
    this.out = out;
    this.isGivenUp = isGivenUp;
  }

  void write(Node root) throws StoreException, IOException {
    piece(NarPieces.magic());
    if (!passes(root)) {
      begin(root);
    }
    while (leftBytes > 0 && !frames.isEmpty()) {
      if (isGivenUp.getAsBoolean()) {
        throw new StoreException(StoreFailure.INTERRUPTED, "NAR: the caller gave up");
      }
      advance(frames.element());
    }
  }

  private void advance(Frame frame) throws StoreException, IOException {
    if (frame.next == frame.directory.entryCount()) {
      frames.pop();
      piece(NarPieces.directoryTail());
      endEntry();
      return;
    }
    int index = frame.next++;
    Node node = frame.directory.nodeAt(index);
    piece(NarPieces.entryHead(frame.directory.nameAt(index)));
    if (passes(node)) {
      endEntry();
    } else {
      begin(node);
    }
  }

  private void endEntry() throws IOException {
    if (!frames.isEmpty()) {
      piece(NarPieces.entryTail());
    }
  }

  /// Passes over a node that lies before the slice as a whole.
  private boolean passes(Node node) throws StoreException {
    if (passBytes == 0) {
      return false;
    }
    long sizeBytes = nars.sizes().node(node, isGivenUp);
    if (passBytes < sizeBytes) {
      return false;
    }
    passBytes -= sizeBytes;
    return true;
  }

  private void begin(Node node) throws StoreException, IOException {
    switch (node) {
      case DirectoryNode directory -> {
        piece(NarPieces.directoryHead());
        frames.push(new Frame(Nars.directory(nars.directories(), directory)));
      }
      case FileNode file -> {
        piece(NarPieces.fileHead(file.executable(), file.size()));
        content(file);
        piece(NarPieces.fileTail(file.size()));
        endEntry();
      }
      case SymlinkNode link -> {
        piece(NarPieces.symlink(link.target()));
        endEntry();
      }
    }
  }

  private void content(FileNode file) throws StoreException, IOException {
    long offset = Math.min(passBytes, file.size());
    passBytes -= offset;
    long end = offset + Math.min(leftBytes, file.size() - offset);
    if (offset == end) {
      return;
    }
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, end - offset)];
    try (BlobReader reader = Nars.blob(nars.blobs(), file)) {
      while (offset < end) {
        int wanted = (int) Math.min(buffer.length, end - offset);
        int count = reader.read(offset, MemorySegment.ofArray(buffer).asSlice(0, wanted));
        if (count < wanted) {
          throw new StoreException(
              StoreFailure.CORRUPT,
              "blob " + file.digest() + " ends at " + (offset + count) + ", want " + file.size());
        }
        out.write(buffer, 0, count);
        offset += count;
        leftBytes -= count;
      }
    }
  }

  private void piece(byte[] bytes) throws IOException {
    int from = (int) Math.min(passBytes, bytes.length);
    passBytes -= from;
    int count = (int) Math.min(leftBytes, bytes.length - from);
    out.write(bytes, from, count);
    leftBytes -= count;
  }
}
