package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// Reads a blob chunk by chunk: one that cannot be read leaves the others readable (rule ERR-4).
/// *Immutable.*
public final class ChunkedReader implements BlobReader {
  private final Pieces pieces;
  private final B3Digest digest;
  private final List<Chunk> chunks;
  // Where each chunk starts, and behind them where the last one ends.
  private final long[] offsets;

  /// @param chunks whose lengths make the blob's
  public ChunkedReader(Pieces pieces, B3Digest digest, List<Chunk> chunks) {
    this.pieces = pieces;
    this.digest = digest;
    this.chunks = chunks;
    this.offsets = new long[chunks.size() + 1];
    for (int i = 0; i < chunks.size(); i++) {
      offsets[i + 1] = offsets[i] + chunks.get(i).sizeBytes();
    }
  }

  @Override
  public long size() {
    return offsets[chunks.size()];
  }

  @Override
  public boolean isResident() {
    return false;
  }

  @Override
  public int read(long offsetBytes, MemorySegment into) throws StoreException {
    int count = 0;
    while (count < into.byteSize() && offsetBytes + count < size()) {
      count += readChunk(offsetBytes + count, into.asSlice(count));
    }
    return count;
  }

  /// Reads what one chunk has of it.
  private int readChunk(long offsetBytes, MemorySegment into) throws StoreException {
    int found = Arrays.binarySearch(offsets, offsetBytes);
    int index = found >= 0 ? found : -found - 2;
    Chunk chunk = chunks.get(index);
    return PieceReader.copy(bytes(chunk), offsetBytes - offsets[index], into);
  }

  /// A list that a store has told wrongly must not outlive it.
  private byte[] bytes(Chunk chunk) throws StoreException {
    try {
      return pieces.piece(chunk.digest(), chunk.sizeBytes()).orElseThrow(() -> missing(chunk));
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT || e.failure() == StoreFailure.MISSING) {
        pieces.forgetChunks(digest);
      }
      throw e;
    }
  }

  private StoreException missing(Chunk chunk) {
    return new StoreException(
        StoreFailure.MISSING, "chunk " + chunk.digest() + " of blob " + digest + " is not there");
  }

  @Override
  public void close() {}
}
