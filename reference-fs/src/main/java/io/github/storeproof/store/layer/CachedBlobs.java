package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import io.github.storeproof.store.blob.PieceReader;
import io.github.storeproof.store.remote.SharedLoads;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Blobs of a service, of which the small ones that were read last are in memory. *Thread-safe.*
///
/// Whether a blob is there is always asked of the service: what is remembered is what was read, not what
/// is kept.
public final class CachedBlobs implements BlobService {
  private static final long MOST_BLOB_BYTES = 1 << 20;
  private static final long AROUND_BYTES = 100;

  private final BlobService service;
  private final SharedLoads<B3Digest, byte[]> loads;
  private final long smallBytes;

  /// @param mostBytes of all that is in memory; what was used longest ago goes first
  public CachedBlobs(BlobService service, long mostBytes) {
    this.service = service;
    this.loads = new SharedLoads<>(mostBytes, blob -> AROUND_BYTES + blob.length);
    this.smallBytes = Math.min(MOST_BLOB_BYTES, mostBytes / 4);
  }

  @Override
  public boolean mayBlock() {
    return service.mayBlock();
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return service.has(digest);
  }

  /// The service is asked twice for a blob that is large or not there.
  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    Optional<byte[]> small = loads.of(digest, () -> whole(service.openRead(digest)));
    return small.isPresent() ? small.map(PieceReader::new) : service.openRead(digest);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
    if (sizeBytes > smallBytes) {
      return service.openRead(digest, sizeBytes);
    }
    Optional<byte[]> small = loads.of(digest, () -> whole(service.openRead(digest, sizeBytes)));
    if (small.isPresent() && small.get().length != sizeBytes) {
      throw new StoreException(
          StoreFailure.CORRUPT,
          "blob " + digest + " has " + small.get().length + " bytes, want " + sizeBytes);
    }
    return small.map(PieceReader::new);
  }

  /// All bytes of a small blob; empty for a large one.
  private Optional<byte[]> whole(Optional<BlobReader> found) throws StoreException {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (BlobReader reader = found.get()) {
      if (reader.size() > smallBytes) {
        return Optional.empty();
      }
      return Optional.of(reader.readAll());
    }
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    return service.chunks(digest);
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    return service.openWrite();
  }

  @Override
  public B3Digest put(MemorySegment content) throws StoreException {
    return service.put(content);
  }

  @Override
  public BlobBatch openBatch() {
    return service.openBatch();
  }
}
