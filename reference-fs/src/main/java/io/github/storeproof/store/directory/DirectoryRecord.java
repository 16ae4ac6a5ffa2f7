package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What an index has of a directory.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | when it was last put, in milliseconds since 1970, big-endian |
/// | 8 | n | canonical encoding |
public final class DirectoryRecord {
  private DirectoryRecord() {}

  static byte[] toBytes(Directory directory, long putMillis) {
    byte[] encoded = DirectoryCodec.encode(directory);
    return ByteBuffer.allocate(Long.BYTES + encoded.length).putLong(putMillis).put(encoded).array();
  }

  /// When it was last put, in milliseconds since 1970.
  public static long putMillis(byte[] bytes) {
    return bytes.length < Long.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
  }

  /// The directory, checked against its digest.
  ///
  /// @throws StoreException [StoreFailure#CORRUPT] when it is another one or none
  public static Directory of(B3Digest digest, byte[] bytes) throws StoreException {
    if (bytes.length < Long.BYTES) {
      throw new StoreException(
          StoreFailure.CORRUPT,
          "record of directory " + digest + " has " + bytes.length + " bytes");
    }
    byte[] encoded = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
    B3Digest seen = Blake3.hash(encoded);
    if (!seen.equals(digest)) {
      throw new StoreException(
          StoreFailure.CORRUPT, "directory has digest " + seen + ", want " + digest);
    }
    try {
      return DirectoryCodec.decode(encoded);
    } catch (InvalidDataException e) {
      throw new StoreException(
          StoreFailure.CORRUPT, "directory " + digest + ": " + e.getMessage(), e);
    }
  }
}
