package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// The batch of a service that makes each put durable by itself.
record PassingBatch(BlobService service) implements BlobBatch {
  @Override
  public boolean mayBlock() {
    return service.mayBlock();
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return service.has(digest);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    return service.openRead(digest);
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
    return service.openRead(digest, sizeBytes);
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
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    return service.chunks(digest);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
