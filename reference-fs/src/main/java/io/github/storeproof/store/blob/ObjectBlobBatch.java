package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.object.Frames;
import io.github.storeproof.store.object.ObjectBatch;
import io.github.storeproof.store.object.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Blobs whose objects are published by the thousand. *Thread-safe.*
final class ObjectBlobBatch implements BlobBatch, Pieces {
  private static final int MOST_BLOBS = 2048;

  private final ObjectBlobService service;
  private final ObjectBatch objects;
  private final AtomicInteger blobCount = new AtomicInteger();

  ObjectBlobBatch(ObjectBlobService service, ObjectBatch objects) {
    this.service = service;
    this.objects = objects;
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return objects.get(ObjectKey.of(ObjectKey.Kind.BLOB, digest)).isPresent()
        || service.has(digest);
  }

  /// What it has written itself it reads back unchecked: these bytes were hashed a moment ago.
  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    Optional<byte[]> list = objects.get(ObjectKey.of(ObjectKey.Kind.BLOB, digest));
    if (list.isEmpty()) {
      return service.openRead(digest);
    }
    List<Chunk> chunks = ChunkLists.of(digest, list.get());
    if (!chunks.isEmpty()) {
      return Optional.of(new ChunkedReader(this, digest, chunks));
    }
    Optional<byte[]> own = own(digest);
    return own.isEmpty() ? service.openRead(digest) : own.map(PieceReader::new);
  }

  @Override
  public Optional<byte[]> piece(B3Digest digest, long sizeBytes) throws StoreException {
    Optional<byte[]> own = own(digest);
    return own.isEmpty() ? service.piece(digest, sizeBytes) : own;
  }

  private Optional<byte[]> own(B3Digest chunk) throws StoreException {
    Optional<byte[]> frame = objects.get(ObjectKey.of(ObjectKey.Kind.CHUNK, chunk));
    return frame.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Frames.decompress(frame.get(), "chunk " + chunk, ChunkLists.MOST_CHUNK_BYTES));
  }

  @Override
  public void forgetChunks(B3Digest blob) {
    service.forgetChunks(blob);
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    return service.chunks(digest);
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    if (blobCount.incrementAndGet() % MOST_BLOBS == 0) {
      objects.publish();
    }
    return new ObjectBlobWriter(new ObjectBlobSink(service, objects, false));
  }

  @Override
  public void flush() throws StoreException {
    objects.publish();
  }

  @Override
  public void close() {
    objects.close();
  }
}
