package io.github.storeproof.store.blob;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Reads a blob that is there as a whole. *Immutable*: nobody changes the array.
public record PieceReader(byte[] blob) implements BlobReader {
  @Override
  public long size() {
    return blob.length;
  }

  @Override
  public boolean isResident() {
    return true;
  }

  @Override
  public int read(long offsetBytes, MemorySegment into) {
    return copy(blob, offsetBytes, into);
  }

  /// Copies what `bytes` have from an offset on, as much as fits.
  static int copy(byte[] bytes, long offsetBytes, MemorySegment into) {
    if (offsetBytes < 0) {
      throw new IllegalArgumentException("offset is " + offsetBytes + ", want 0 or more");
    }
    long leftBytes = Math.max(0, bytes.length - offsetBytes);
    int countBytes = (int) Math.min(leftBytes, into.byteSize());
    if (countBytes > 0) {
      MemorySegment.copy(bytes, (int) offsetBytes, into, ValueLayout.JAVA_BYTE, 0, countBytes);
    }
    return countBytes;
  }

  @Override
  public void close() {}
}
