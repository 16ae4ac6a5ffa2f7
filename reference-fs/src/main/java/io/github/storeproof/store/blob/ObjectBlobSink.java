package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.object.Frames;
import io.github.storeproof.store.object.ObjectBatch;
import io.github.storeproof.store.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/// Puts the parts of one blob into a batch of objects. *Confined.*
final class ObjectBlobSink implements ObjectBlobWriter.Sink {
  private static final B3Digest EMPTY = new Blake3().digest();
  // Chunks of a large blob become visible before it does: they are whole, and nobody asks for them.
  private static final int PUBLISHED_AT_ONCE = 1024;

  private final ObjectBlobService service;
  private final ObjectBatch batch;
  private final boolean isBatchOwn;
  private final List<B3Digest> written = new ArrayList<>();

  /// @param isBatchOwn whether the batch is for this blob alone, and is published and closed with it
  ObjectBlobSink(ObjectBlobService service, ObjectBatch batch, boolean isBatchOwn) {
    this.service = service;
    this.batch = batch;
    this.isBatchOwn = isBatchOwn;
  }

  @Override
  public void chunk(B3Digest digest, byte[] bytes) throws StoreException {
    ObjectKey key = ObjectKey.of(ObjectKey.Kind.CHUNK, digest);
    if (!batch.use(key) || !service.isWhole(digest)) {
      batch.put(key, Frames.compress(bytes));
      written.add(digest);
    }
    if (written.size() >= PUBLISHED_AT_ONCE) {
      publish();
    }
  }

  @Override
  public void blob(B3Digest digest, List<Chunk> chunks) throws StoreException {
    if (digest.equals(EMPTY)) {
      return;
    }
    requireChunks(digest, chunks);
    List<Chunk> listed = chunks.size() < 2 ? List.of() : chunks;
    batch.put(ObjectKey.of(ObjectKey.Kind.BLOB, digest), ChunkLists.toBytes(listed));
    written.add(digest);
    if (isBatchOwn) {
      publish();
    }
  }

  /// The first of them may have come so long ago that they were collected: nothing referred to them.
  private void requireChunks(B3Digest blob, List<Chunk> chunks) throws StoreException {
    for (Chunk chunk : chunks) {
      if (!batch.use(ObjectKey.of(ObjectKey.Kind.CHUNK, chunk.digest()))) {
        throw new StoreException(
            StoreFailure.UNAVAILABLE,
            "chunk %s of blob %s was collected while the blob was put, want it put again"
                .formatted(chunk.digest(), blob));
      }
    }
  }

  private void publish() throws StoreException {
    batch.publish();
    written.forEach(service::refresh);
    written.clear();
  }

  @Override
  public void close() {
    if (isBatchOwn) {
      batch.close();
    }
  }
}
