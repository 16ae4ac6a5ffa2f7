package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.Outboard;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.nio.ByteBuffer;

/// What an index knows of a blob. *Immutable.*
///
/// | offset | size | field, big-endian |
/// |---|---|---|
/// | 0 | 8 | length of the blob in bytes |
/// | 8 | 8 | when it was last put or asked for, in milliseconds since 1970 |
/// | 16 | 32 n | outboard |
///
/// @param putMillis when it was last put or asked for
public record BlobRecord(long sizeBytes, long putMillis, Outboard outboard) {
  private static final int FIXED_BYTES = 16;

  /// The bytes of a record.
  public byte[] toBytes() {
    return ByteBuffer.allocate(FIXED_BYTES + outboard.lengthBytes())
        .putLong(sizeBytes)
        .putLong(putMillis)
        .put(outboard.toBytes())
        .array();
  }

  /// When the blob of a record was last put or asked for, in milliseconds since 1970.
  public static long putMillis(byte[] bytes) {
    return bytes.length < FIXED_BYTES ? 0 : ByteBuffer.wrap(bytes).getLong(Long.BYTES);
  }

  BlobRecord at(long newPutMillis) {
    return new BlobRecord(sizeBytes, newPutMillis, outboard);
  }

  boolean isOfSameContent(BlobRecord other) {
    return sizeBytes == other.sizeBytes
        && java.util.Arrays.equals(outboard.toBytes(), other.outboard.toBytes());
  }

  /// The record with these bytes, which is proven to be of the blob of that digest.
  ///
  /// @throws StoreException [StoreFailure#CORRUPT] when it is not
  public static BlobRecord of(B3Digest digest, byte[] bytes) throws StoreException {
    BlobRecord blob = decoded(digest, bytes);
    boolean isWhole = blob.outboard.groupCount() == Outboard.groupCount(blob.sizeBytes);
    if (!isWhole || (blob.outboard.groupCount() > 0 && !blob.outboard.root().equals(digest))) {
      throw corrupt(digest, "an outboard that does not lead to its digest");
    }
    return blob;
  }

  private static BlobRecord decoded(B3Digest digest, byte[] bytes) throws StoreException {
    if (bytes.length < FIXED_BYTES) {
      throw corrupt(digest, bytes.length + " bytes, want at least " + FIXED_BYTES);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long sizeBytes = buffer.getLong();
    long putMillis = buffer.getLong();
    byte[] outboard = new byte[buffer.remaining()];
    buffer.get(outboard);
    try {
      return new BlobRecord(sizeBytes, putMillis, Outboard.of(outboard));
    } catch (InvalidDataException e) {
      throw corrupt(digest, String.valueOf(e.getMessage()));
    }
  }

  private static StoreException corrupt(B3Digest digest, String what) {
    return new StoreException(
        StoreFailure.CORRUPT, "index record of blob " + digest + " has " + what);
  }
}
