package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Outboard;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The file of a blob, whose groups are checked as they are read. *Immutable.*
record VerifiedFile(B3Digest digest, BlobRecord blob, Path path, Damage damage) {
  private static final int GROUP_BYTES = Outboard.GROUP_BYTES;

  /// Fills `into` with what is at `offsetBytes`: the blob has that much.
  void read(long offsetBytes, MemorySegment into) throws StoreException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() != blob.sizeBytes()) {
        throw corrupt("file has " + channel.size() + " bytes, want " + blob.sizeBytes());
      }
      byte[] group = new byte[(int) Math.min(GROUP_BYTES, blob.sizeBytes())];
      for (long done = 0; done < into.byteSize(); ) {
        long index = (offsetBytes + done) / GROUP_BYTES;
        int lengthBytes = fill(channel, index, group);
        check(index, group, lengthBytes);
        int from = (int) (offsetBytes + done - index * GROUP_BYTES);
        int count = (int) Math.min(lengthBytes - from, into.byteSize() - done);
        MemorySegment.copy(group, from, into, ValueLayout.JAVA_BYTE, done, count);
        done += count;
      }
    } catch (NoSuchFileException e) {
      throw new StoreException(StoreFailure.MISSING, "file of blob " + digest + " is not there", e);
    } catch (IOException e) {
      throw BlobFiles.failure("blob " + digest + " cannot be read", e);
    }
  }

  private int fill(FileChannel channel, long index, byte[] group)
      throws IOException, StoreException {
    long start = index * GROUP_BYTES;
    int lengthBytes = (int) Math.min(GROUP_BYTES, blob.sizeBytes() - start);
    ByteBuffer buffer = ByteBuffer.wrap(group, 0, lengthBytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, start + buffer.position()) < 0) {
        throw corrupt("file ends at " + (start + buffer.position()));
      }
    }
    return lengthBytes;
  }

  private void check(long index, byte[] group, int lengthBytes) throws StoreException {
    boolean isRight =
        blob.outboard().groupCount() == 0
            ? new Blake3().update(group, 0, lengthBytes).digest().equals(digest)
            : blob.outboard().matches((int) index, group, 0, lengthBytes);
    if (!isRight) {
      throw corrupt("bytes from " + index * GROUP_BYTES + " on are not those of its digest");
    }
  }

  private StoreException corrupt(String what) {
    String message = "blob " + digest + ": " + what;
    damage.found(digest, message);
    return new StoreException(StoreFailure.CORRUPT, message);
  }
}
