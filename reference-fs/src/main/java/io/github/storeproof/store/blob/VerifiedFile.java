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
  private static final int MOST_IN_PLACE_BYTES = 16 << 20;
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  /// Fills `into` with what is at `offsetBytes`: the blob has that much.
  void read(long offsetBytes, MemorySegment into) throws StoreException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() != blob.sizeBytes()) {
        throw corrupt("file has " + channel.size() + " bytes, want " + blob.sizeBytes());
      }
      long wholeBytes = readWhole(channel, offsetBytes, into);
      byte[] group = new byte[wholeBytes == into.byteSize() ? 0 : groupLength(0)];
      for (long done = wholeBytes; done < into.byteSize(); ) {
        long index = (offsetBytes + done) / GROUP_BYTES;
        int lengthBytes = groupLength(index);
        fill(channel, index, group, 0, lengthBytes);
        check(index, group, 0, lengthBytes);
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

  /// Reads the groups that fit as a whole, from the start of one on, and checks them where they are.
  ///
  /// @return how many bytes they have
  private long readWhole(FileChannel channel, long offsetBytes, MemorySegment into)
      throws IOException, StoreException {
    ByteBuffer whole = into.byteSize() <= MOST_IN_PLACE_BYTES ? into.asByteBuffer() : NOTHING;
    if (offsetBytes % GROUP_BYTES != 0 || !whole.hasArray()) {
      return 0;
    }
    long index = offsetBytes / GROUP_BYTES;
    int done = 0;
    while (done < whole.capacity() && groupLength(index) <= whole.capacity() - done) {
      int lengthBytes = groupLength(index);
      fill(channel, index, whole.array(), whole.arrayOffset() + done, lengthBytes);
      check(index, whole.array(), whole.arrayOffset() + done, lengthBytes);
      done += lengthBytes;
      index++;
    }
    return done;
  }

  private int groupLength(long index) {
    return (int) Math.min(GROUP_BYTES, blob.sizeBytes() - index * GROUP_BYTES);
  }

  private void fill(FileChannel channel, long index, byte[] into, int offset, int lengthBytes)
      throws IOException, StoreException {
    long start = index * GROUP_BYTES;
    ByteBuffer buffer = ByteBuffer.wrap(into, offset, lengthBytes).slice();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, start + buffer.position()) < 0) {
        throw corrupt("file ends at " + (start + buffer.position()));
      }
    }
  }

  private void check(long index, byte[] bytes, int offset, int lengthBytes) throws StoreException {
    boolean isRight =
        blob.outboard().groupCount() == 0
            ? new Blake3().update(bytes, offset, lengthBytes).digest().equals(digest)
            : blob.outboard().matches((int) index, bytes, offset, lengthBytes);
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
