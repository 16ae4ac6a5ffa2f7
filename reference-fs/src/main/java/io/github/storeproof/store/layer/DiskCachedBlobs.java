package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import io.github.storeproof.store.blob.ChunkLists;
import io.github.storeproof.store.blob.ChunkedReader;
import io.github.storeproof.store.blob.PieceReader;
import io.github.storeproof.store.blob.Pieces;
import io.github.storeproof.store.remote.SharedLoads;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Blobs of a service, of which those that were read last are on disk: small ones as a whole, larger ones by
/// their chunks. *Thread-safe.*
///
/// What is cached is checked each time it comes from the disk, and is enough while the service is down.
public final class DiskCachedBlobs implements BlobService, Pieces {
  private static final long WHOLE_BYTES = 1 << 20;
  private static final long MOST_IN_MEMORY_BYTES = 16 << 20;
  private static final B3Digest EMPTY = new Blake3().digest();

  private final BlobService service;
  private final FarStore farStore;
  private final DiskCache cache;
  // A chunk is read in many parts.
  private final SharedLoads<B3Digest, byte[]> loads =
      new SharedLoads<>(MOST_IN_MEMORY_BYTES, bytes -> bytes.length);

  /// @param cache which stays the caller's
  public DiskCachedBlobs(BlobService service, FarStore farStore, DiskCache cache) {
    this.service = service;
    this.farStore = farStore;
    this.cache = cache;
  }

  private static String pieceName(B3Digest digest) {
    return "blob-" + digest.hex();
  }

  private static String listName(B3Digest digest) {
    return "chunks-" + digest.hex();
  }

  /// The service is asked: what is cached is what was read, not what is kept.
  @Override
  public boolean has(B3Digest digest) throws StoreException {
    try {
      return farStore.ask(() -> service.has(digest));
    } catch (StoreException e) {
      if (FarStore.isOutage(e.failure())
          && (cache.has(pieceName(digest)) || cache.has(listName(digest)))) {
        return true;
      }
      throw e;
    }
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    if (digest.equals(EMPTY)) {
      return Optional.of(new PieceReader(new byte[0]));
    }
    Optional<byte[]> cached = cached(digest);
    if (cached.isPresent()) {
      return cached.map(PieceReader::new);
    }
    Optional<List<Chunk>> chunks = list(digest);
    if (chunks.isEmpty()) {
      return Optional.empty();
    }
    return chunks.get().isEmpty()
        ? whole(digest, () -> service.openRead(digest))
        : Optional.of(new ChunkedReader(this, digest, chunks.get()));
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
    if (digest.equals(EMPTY) && sizeBytes == 0) {
      return Optional.of(new PieceReader(new byte[0]));
    }
    if (sizeBytes <= WHOLE_BYTES) {
      return piece(digest, sizeBytes).map(PieceReader::new);
    }
    Optional<List<Chunk>> chunks = list(digest);
    if (chunks.isEmpty()) {
      return Optional.empty();
    }
    if (chunks.get().isEmpty()) {
      return farStore.ask(() -> service.openRead(digest, sizeBytes));
    }
    ChunkedReader reader = new ChunkedReader(this, digest, chunks.get());
    if (reader.size() != sizeBytes) {
      forgetChunks(digest);
      throw corrupt(
          "the chunks of blob %s have %d bytes, want %d"
              .formatted(digest, reader.size(), sizeBytes));
    }
    return Optional.of(reader);
  }

  private interface Opener {
    Optional<BlobReader> open() throws StoreException;
  }

  /// A blob in one piece, which is kept when it is small.
  private Optional<BlobReader> whole(B3Digest digest, Opener opener) throws StoreException {
    Optional<BlobReader> found = farStore.ask(opener::open);
    if (found.isEmpty() || found.get().size() > WHOLE_BYTES) {
      return found;
    }
    return piece(digest, found.get().size()).map(PieceReader::new);
  }

  /// The chunks of a blob; none of a blob in one piece, or in pieces that are large.
  private Optional<List<Chunk>> list(B3Digest digest) throws StoreException {
    Optional<byte[]> cached = cache.get(listName(digest));
    if (cached.isPresent()) {
      try {
        return Optional.of(ChunkLists.of(digest, cached.get()));
      } catch (StoreException _) {
        cache.remove(listName(digest));
      }
    }
    Optional<List<Chunk>> chunks = farStore.ask(() -> service.chunks(digest));
    if (chunks.isEmpty() || chunks.get().isEmpty()) {
      return chunks;
    }
    byte[] list = ChunkLists.toBytes(chunks.get());
    List<Chunk> checked = ChunkLists.of(digest, list);
    cache.put(listName(digest), list);
    return Optional.of(checked);
  }

  @Override
  public Optional<byte[]> piece(B3Digest digest, long sizeBytes) throws StoreException {
    Optional<byte[]> piece = loads.of(digest, () -> load(digest, sizeBytes));
    if (piece.isPresent() && piece.get().length != sizeBytes) {
      throw corrupt(
          "blob %s has %d bytes, want %d".formatted(digest, piece.get().length, sizeBytes));
    }
    return piece;
  }

  private Optional<byte[]> load(B3Digest digest, long sizeBytes) throws StoreException {
    Optional<byte[]> cached = cached(digest);
    if (cached.isPresent()) {
      return cached;
    }
    Optional<byte[]> fetched = farStore.ask(() -> fetch(digest, sizeBytes));
    fetched.ifPresent(bytes -> cache.put(pieceName(digest), bytes));
    return fetched;
  }

  private Optional<byte[]> fetch(B3Digest digest, long sizeBytes) throws StoreException {
    Optional<BlobReader> found = service.openRead(digest, sizeBytes);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (BlobReader reader = found.get()) {
      return Optional.of(reader.readAll());
    }
  }

  /// What is cached, checked.
  private Optional<byte[]> cached(B3Digest digest) {
    Optional<byte[]> bytes = cache.get(pieceName(digest));
    if (bytes.isPresent() && !Blake3.hash(bytes.get()).equals(digest)) {
      cache.remove(pieceName(digest));
      return Optional.empty();
    }
    return bytes;
  }

  @Override
  public void forgetChunks(B3Digest blob) {
    cache.remove(listName(blob));
  }

  private static StoreException corrupt(String message) {
    return new StoreException(StoreFailure.CORRUPT, message);
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    return farStore.ask(() -> service.chunks(digest));
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    return farStore.ask(service::openWrite);
  }

  @Override
  public B3Digest put(MemorySegment content) throws StoreException {
    return farStore.ask(() -> service.put(content));
  }

  @Override
  public BlobBatch openBatch() {
    return service.openBatch();
  }
}
