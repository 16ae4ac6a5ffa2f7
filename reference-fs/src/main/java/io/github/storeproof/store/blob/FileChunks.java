package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Table;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Cuts large blobs of files into chunks for clients that fetch them piece by piece: when somebody asks
/// for the first time, and then it is kept in the index. *Thread-safe.*
///
/// | table | key | value |
/// |---|---|---|
/// | chunk lists | digest of the blob | digests of its chunks, one after the other |
/// | chunks | digest of the chunk, digest of the blob | where in the blob it starts, 8 bytes, its length, 8 bytes |
final class FileChunks {
  /// Blobs up to this size have no chunks.
  private static final long WHOLE_BYTES = 1 << 20;

  private static final int CHUNK_BYTES = 256 << 10;
  private static final int DIGEST_BYTES = B3Digest.LENGTH_BYTES;

  private final Index index;

  FileChunks(Index index) {
    this.index = index;
  }

  /// Where a chunk is.
  record Place(B3Digest blob, long fromBytes, long sizeBytes) {}

  /// The chunks of a blob, none when it is small.
  List<Chunk> of(VerifiedFile file) throws StoreException {
    long sizeBytes = file.blob().sizeBytes();
    if (sizeBytes <= WHOLE_BYTES) {
      return List.of();
    }
    byte[] key = file.digest().toBytes();
    Optional<byte[]> known = index.read(reader -> reader.find(Table.CHUNK_LISTS, key));
    long chunkCount = (sizeBytes + CHUNK_BYTES - 1) / CHUNK_BYTES;
    if (known.isPresent() && known.get().length == chunkCount * DIGEST_BYTES) {
      return decoded(known.get(), sizeBytes);
    }
    List<Chunk> chunks = cut(file);
    int _ = index.change(writer -> keep(writer, file.digest(), chunks));
    return chunks;
  }

  private static List<Chunk> decoded(byte[] digests, long sizeBytes) {
    List<Chunk> chunks = new ArrayList<>();
    for (int at = 0; at < digests.length; at += DIGEST_BYTES) {
      B3Digest digest = B3Digest.of(Arrays.copyOfRange(digests, at, at + DIGEST_BYTES));
      long fromBytes = (long) chunks.size() * CHUNK_BYTES;
      chunks.add(new Chunk(digest, Math.min(CHUNK_BYTES, sizeBytes - fromBytes)));
    }
    return chunks;
  }

  private static List<Chunk> cut(VerifiedFile file) throws StoreException {
    List<Chunk> chunks = new ArrayList<>();
    byte[] bytes = new byte[CHUNK_BYTES];
    for (long from = 0; from < file.blob().sizeBytes(); from += CHUNK_BYTES) {
      int count = (int) Math.min(CHUNK_BYTES, file.blob().sizeBytes() - from);
      file.read(from, MemorySegment.ofArray(bytes).asSlice(0, count));
      chunks.add(new Chunk(new Blake3().update(bytes, 0, count).digest(), count));
    }
    return chunks;
  }

  private static int keep(Index.Writer writer, B3Digest blob, List<Chunk> chunks)
      throws StoreException {
    // Collected meanwhile: its chunks must not outlive it.
    if (!writer.has(Table.BLOBS, blob.toBytes())) {
      return 0;
    }
    ByteBuffer list = ByteBuffer.allocate(chunks.size() * DIGEST_BYTES);
    long fromBytes = 0;
    for (Chunk chunk : chunks) {
      list.put(chunk.digest().toBytes());
      byte[] place =
          ByteBuffer.allocate(2 * Long.BYTES).putLong(fromBytes).putLong(chunk.sizeBytes()).array();
      writer.put(Table.CHUNKS, keyOf(chunk.digest(), blob), place);
      fromBytes += chunk.sizeBytes();
    }
    writer.put(Table.CHUNK_LISTS, blob.toBytes(), list.array());
    return chunks.size();
  }

  /// Where a chunk is; empty when no blob is known to have it.
  Optional<Place> place(B3Digest chunk) throws StoreException {
    List<Index.Entry> found = index.read(reader -> reader.from(Table.CHUNKS, chunk.toBytes(), 1));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    byte[] key = found.getFirst().key();
    byte[] value = found.getFirst().value();
    if (key.length != 2 * DIGEST_BYTES
        || value.length != 2 * Long.BYTES
        || !Arrays.equals(key, 0, DIGEST_BYTES, chunk.toBytes(), 0, DIGEST_BYTES)) {
      return Optional.empty();
    }
    ByteBuffer place = ByteBuffer.wrap(value);
    return Optional.of(
        new Place(
            B3Digest.of(Arrays.copyOfRange(key, DIGEST_BYTES, 2 * DIGEST_BYTES)),
            place.getLong(),
            place.getLong()));
  }

  /// Forgets the chunks of a blob that goes.
  static void forget(Index.Writer writer, B3Digest blob) throws StoreException {
    Optional<byte[]> list = writer.find(Table.CHUNK_LISTS, blob.toBytes());
    if (list.isEmpty()) {
      return;
    }
    byte[] digests = list.get();
    for (int at = 0; at + DIGEST_BYTES <= digests.length; at += DIGEST_BYTES) {
      B3Digest chunk = B3Digest.of(Arrays.copyOfRange(digests, at, at + DIGEST_BYTES));
      writer.remove(Table.CHUNKS, keyOf(chunk, blob));
    }
    writer.remove(Table.CHUNK_LISTS, blob.toBytes());
  }

  private static byte[] keyOf(B3Digest chunk, B3Digest blob) {
    return ByteBuffer.allocate(2 * DIGEST_BYTES).put(chunk.toBytes()).put(blob.toBytes()).array();
  }
}
