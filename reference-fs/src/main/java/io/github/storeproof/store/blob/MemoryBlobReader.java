package io.github.storeproof.store.blob;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Reads a blob that lies in memory. *Immutable.*
record MemoryBlobReader(MemorySegment blob) implements BlobReader {
  @Override
  public long size() {
    return blob.byteSize();
  }

  @Override
  public boolean isResident() {
    return true;
  }

  @Override
  public int read(long offsetBytes, MemorySegment into) {
    int countBytes = countAt(offsetBytes, into.byteSize());
    MemorySegment.copy(blob, countBytes == 0 ? 0 : offsetBytes, into, 0, countBytes);
    return countBytes;
  }

  @Override
  public Optional<MemorySegment> content(long offsetBytes, int sizeBytes) {
    int countBytes = countAt(offsetBytes, sizeBytes);
    return Optional.of(blob.asSlice(countBytes == 0 ? 0 : offsetBytes, countBytes));
  }

  private int countAt(long offsetBytes, long sizeBytes) {
    if (offsetBytes < 0) {
      throw new IllegalArgumentException("offset is " + offsetBytes + ", want 0 or more");
    }
    long leftBytes = Math.max(0, size() - offsetBytes);
    return (int) Math.min(Math.min(leftBytes, sizeBytes), Integer.MAX_VALUE);
  }

  @Override
  public void close() {}
}
