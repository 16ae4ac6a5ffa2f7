package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Blobs of a near store, and behind it those of a far one. *Thread-safe.*
///
/// A blob that is corrupt in the near one is read from the far one, and put again. A small blob is copied
/// before it is read, a larger one beside it.
public final class LayeredBlobs implements BlobService {
  private static final int COPIED_AT_ONCE_BYTES = 1 << 20;

  private final BlobService near;
  private final BlobService far;
  private final FarStore farStore;
  private final Layering layering;
  private final Copies<B3Digest> copies = new Copies<>();

  public LayeredBlobs(BlobService near, BlobService far, FarStore farStore, Layering layering) {
    this.near = near;
    this.far = far;
    this.farStore = farStore;
    this.layering = layering;
  }

  @Override
  public boolean has(B3Digest digest) throws StoreException {
    return near.has(digest) || farStore.ask(() -> far.has(digest));
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
    return open(digest, service -> service.openRead(digest));
  }

  @Override
  public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
    return open(digest, service -> service.openRead(digest, sizeBytes));
  }

  private interface Opener {
    Optional<BlobReader> open(BlobService service) throws StoreException;
  }

  private Optional<BlobReader> open(B3Digest digest, Opener opener) throws StoreException {
    Optional<BlobReader> found;
    try {
      found = opener.open(near);
    } catch (StoreException e) {
      if (e.failure() != StoreFailure.CORRUPT) {
        throw e;
      }
      // What is not whole near is no blob that is not there.
      return Optional.of(openFar(digest, opener).orElseThrow(() -> e));
    }
    if (found.isPresent()) {
      return found.map(reader -> new FallbackReader(reader, () -> openFar(digest, opener)));
    }
    return openFar(digest, opener);
  }

  private Optional<BlobReader> openFar(B3Digest digest, Opener opener) throws StoreException {
    Optional<BlobReader> found = farStore.ask(() -> opener.open(far));
    if (found.isEmpty() || !layering.isCopied()) {
      return found;
    }
    BlobReader reader = found.get();
    if (reader.size() > COPIED_AT_ONCE_BYTES) {
      copies.start(digest, () -> copy(digest));
    } else {
      keep(reader, digest);
    }
    return found;
  }

  /// That the near store is full, say, is no reason not to read.
  private void keep(BlobReader reader, B3Digest digest) throws StoreException {
    byte[] bytes = farStore.ask(reader::readAll);
    copies.start(
        digest,
        () -> {
          var _ = near.put(MemorySegment.ofArray(bytes));
        });
  }

  private void copy(B3Digest digest) throws StoreException {
    Optional<BlobReader> found = farStore.ask(() -> far.openRead(digest));
    if (found.isEmpty()) {
      return;
    }
    byte[] buffer = new byte[COPIED_AT_ONCE_BYTES];
    try (BlobReader reader = found.get();
        BlobWriter writer = near.openWrite()) {
      for (long at = 0; at < reader.size(); ) {
        long from = at;
        int count = farStore.ask(() -> reader.read(from, MemorySegment.ofArray(buffer)));
        writer.write(MemorySegment.ofArray(buffer).asSlice(0, count));
        at += count;
      }
      var _ = writer.commit();
    }
  }

  @Override
  public BlobWriter openWrite() throws StoreException {
    if (!layering.isWrittenThrough()) {
      return near.openWrite();
    }
    BlobWriter ofFar = farStore.ask(far::openWrite);
    try {
      return new ThroughWriter(near.openWrite(), ofFar, farStore);
    } catch (StoreException e) {
      ofFar.close();
      throw e;
    }
  }

  @Override
  public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
    Optional<List<Chunk>> found = near.chunks(digest);
    return found.isPresent() ? found : farStore.ask(() -> far.chunks(digest));
  }
}
