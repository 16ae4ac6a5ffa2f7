package io.github.storeproof.store.blob;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.proto.castore.v1.BlobServiceProto.StatBlobResponse;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.ArrayList;
import java.util.List;

/// The lists of chunks of blobs, as objects have them.
public final class ChunkLists {
  /// Enough for a blob of 256 GiB.
  public static final int MOST_LIST_BYTES = 64 << 20;

  /// The largest chunk that FastCDC cuts, whatever it is set to.
  public static final int MOST_CHUNK_BYTES = 16 << 20;

  private ChunkLists() {}

  /// A list; that of a blob in one piece is empty.
  public static byte[] toBytes(List<Chunk> chunks) {
    StatBlobResponse.Builder list = StatBlobResponse.newBuilder();
    for (Chunk chunk : chunks) {
      list.addChunks(
          StatBlobResponse.ChunkMeta.newBuilder()
              .setDigest(ByteString.copyFrom(chunk.digest().toBytes()))
              .setSize(chunk.sizeBytes()));
    }
    return list.build().toByteArray();
  }

  /// The chunks of a blob, checked (rule BLOB-9).
  public static List<Chunk> of(B3Digest blob, byte[] bytes) throws StoreException {
    List<Chunk> chunks = new ArrayList<>();
    long sizeBytes = 0;
    try {
      for (StatBlobResponse.ChunkMeta each : StatBlobResponse.parseFrom(bytes).getChunksList()) {
        Chunk chunk = new Chunk(B3Digest.of(each.getDigest().toByteArray()), each.getSize());
        if (chunk.sizeBytes() <= 0 || chunk.sizeBytes() > MOST_CHUNK_BYTES) {
          throw corrupt(
              "a chunk of blob %s has %s bytes, want 1..%d"
                  .formatted(blob, Long.toUnsignedString(each.getSize()), MOST_CHUNK_BYTES));
        }
        // Each is small and a list has a bound: no overflow.
        sizeBytes += chunk.sizeBytes();
        chunks.add(chunk);
      }
    } catch (InvalidProtocolBufferException | InvalidDataException e) {
      throw new StoreException(
          StoreFailure.CORRUPT, "chunks of blob " + blob + ": " + e.getMessage(), e);
    }
    for (Chunk chunk : chunks) {
      if (chunk.digest().equals(blob) && chunk.sizeBytes() != sizeBytes) {
        throw corrupt("blob " + blob + " is a chunk of itself, want other chunks");
      }
    }
    return List.copyOf(chunks);
  }

  private static StoreException corrupt(String message) {
    return new StoreException(StoreFailure.CORRUPT, message);
  }
}
