package io.github.storeproof.store.blob;

import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;

/// Reads a blob of a file, or a part of it, group by group; each group is checked before a byte of it
/// is given. *Thread-safe.*
///
/// @param fromBytes where in the blob the part starts
/// @param size of the part
record FileBlobReader(VerifiedFile file, long fromBytes, long size) implements BlobReader {
  @Override
  public boolean isResident() {
    return false;
  }

  @Override
  public int read(long offsetBytes, MemorySegment into) throws StoreException {
    if (offsetBytes < 0) {
      throw new IllegalArgumentException("offset is " + offsetBytes + ", want 0 or more");
    }
    long leftBytes = Math.max(0, size - offsetBytes);
    int countBytes = (int) Math.min(Math.min(leftBytes, into.byteSize()), Integer.MAX_VALUE);
    if (countBytes > 0) {
      file.read(fromBytes + offsetBytes, into.asSlice(0, countBytes));
    }
    return countBytes;
  }

  @Override
  public void close() {}
}
