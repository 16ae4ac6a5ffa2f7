package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Cuts a blob into chunks and hands each to a sink. Holds one chunk at most. *Confined.*
final class ObjectBlobWriter implements BlobWriter {
  /// Takes the parts of one blob.
  interface Sink extends AutoCloseable {
    void chunk(B3Digest digest, byte[] bytes) throws StoreException;

    /// Keeps a blob of these chunks; all of them were given before.
    void blob(B3Digest digest, List<Chunk> chunks) throws StoreException;

    @Override
    void close();
  }

  private final Sink sink;
  private final Blake3 blake3 = new Blake3();
  private final List<Chunk> chunks = new ArrayList<>();
  private final byte[] buffer = new byte[FastCdc.MOST_BYTES];
  private int filledBytes;
  private boolean isOpen = true;

  ObjectBlobWriter(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void write(MemorySegment bytes) throws StoreException {
    requireOpen();
    for (long at = 0; at < bytes.byteSize(); ) {
      int countBytes = (int) Math.min(buffer.length - filledBytes, bytes.byteSize() - at);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, buffer, filledBytes, countBytes);
      blake3.update(buffer, filledBytes, countBytes);
      filledBytes += countBytes;
      at += countBytes;
      if (filledBytes == buffer.length) {
        cut();
      }
    }
  }

  private void cut() throws StoreException {
    int sizeBytes = FastCdc.cut(buffer, filledBytes);
    byte[] chunk = new byte[sizeBytes];
    System.arraycopy(buffer, 0, chunk, 0, sizeBytes);
    System.arraycopy(buffer, sizeBytes, buffer, 0, filledBytes - sizeBytes);
    filledBytes -= sizeBytes;
    B3Digest digest = Blake3.hash(chunk);
    chunks.add(new Chunk(digest, sizeBytes));
    sink.chunk(digest, chunk);
  }

  @Override
  public B3Digest commit() throws StoreException {
    requireOpen();
    isOpen = false;
    while (filledBytes > 0) {
      cut();
    }
    B3Digest digest = blake3.digest();
    sink.blob(digest, List.copyOf(chunks));
    return digest;
  }

  @Override
  public void close() {
    isOpen = false;
    sink.close();
  }

  private void requireOpen() {
    if (!isOpen) {
      throw new IllegalArgumentException("this writer was committed or closed");
    }
  }
}
