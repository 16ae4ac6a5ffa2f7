package io.github.storeproof.store.blob;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import java.util.Arrays;
import java.util.Optional;

/// The bytes of a blob or chunk as they come, until they are checked. Takes memory for what has come
/// only, whatever was announced. *Confined.*
final class Piece {
  private static final int FIRST_BYTES = 64 << 10;

  private final B3Digest digest;
  private final int mostBytes;
  private byte[] bytes;
  private int count;

  Piece(B3Digest digest, int mostBytes) {
    this.digest = digest;
    this.mostBytes = mostBytes;
    this.bytes = new byte[Math.min(mostBytes, FIRST_BYTES)];
  }

  void add(ByteString more) throws StoreException {
    if (more.size() > mostBytes - count) {
      throw GrpcBlobService.corrupt(
          "blob %s has more than %d bytes, want no more".formatted(digest, mostBytes));
    }
    if (more.size() > bytes.length - count) {
      int grown = (int) Math.min(mostBytes, Math.max(2L * bytes.length, count + more.size()));
      bytes = Arrays.copyOf(bytes, grown);
    }
    more.copyTo(bytes, count);
    count += more.size();
  }

  /// All bytes, when they are those of the digest.
  ///
  /// @param sizeBytes how many there must be, where that is known
  byte[] checked(Optional<Integer> sizeBytes) throws StoreException {
    if (sizeBytes.isPresent() && count != sizeBytes.get()) {
      throw GrpcBlobService.corrupt(
          "blob %s has %d bytes, want %d".formatted(digest, count, sizeBytes.get()));
    }
    byte[] all = count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    B3Digest seen = Blake3.hash(all);
    if (!seen.equals(digest)) {
      throw GrpcBlobService.corrupt("content has digest %s, want %s".formatted(seen, digest));
    }
    return all;
  }
}
