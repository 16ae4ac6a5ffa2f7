package io.github.storeproof.store.blob;

import io.github.storeproof.store.StoreException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Reads a file as it is. *Thread-safe.*
record ChannelReader(FileChannel channel, long size) implements BlobReader {
  private static final long READ_AT_ONCE_BYTES = 1 << 20;

  @Override
  public boolean isResident() {
    return false;
  }

  @Override
  public int read(long offsetBytes, MemorySegment into) throws StoreException {
    long wantedBytes =
        Math.min(READ_AT_ONCE_BYTES, Math.min(into.byteSize(), Math.max(0, size - offsetBytes)));
    ByteBuffer buffer = into.asSlice(0, wantedBytes).asByteBuffer();
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offsetBytes + buffer.position()) < 0) {
          break;
        }
      }
      return buffer.position();
    } catch (IOException e) {
      throw BlobFiles.failure("blob cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing was written through it.
    }
  }
}
