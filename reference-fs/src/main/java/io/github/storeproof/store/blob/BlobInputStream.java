package io.github.storeproof.store.blob;

import io.github.storeproof.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/// A blob as a stream. The reader stays the caller's. *Confined.*
public final class BlobInputStream extends InputStream {
  private final BlobReader reader;
  private long offsetBytes;

  public BlobInputStream(BlobReader reader) {
    this.reader = reader;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int lengthBytes) throws IOException {
    if (lengthBytes == 0) {
      return 0;
    }
    try {
      int countBytes =
          reader.read(offsetBytes, MemorySegment.ofArray(into).asSlice(offset, lengthBytes));
      offsetBytes += countBytes;
      return countBytes == 0 ? -1 : countBytes;
    } catch (StoreException e) {
      throw new IOException(e);
    }
  }
}
