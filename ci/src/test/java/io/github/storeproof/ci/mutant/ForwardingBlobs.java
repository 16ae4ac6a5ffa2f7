package io.github.storeproof.ci.mutant;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import java.util.List;
import java.util.Optional;

/// A service that does what another does; a fault overrides some of it.
class ForwardingBlobs implements BlobService {
  private final BlobService right;

  ForwardingBlobs(BlobService right) {
    this.right = right;
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return right.has(digest);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    return right.openRead(digest);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
    return right.openRead(digest, sizeBytes);
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    return right.openWrite();
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    return right.chunks(digest);
  }
}
