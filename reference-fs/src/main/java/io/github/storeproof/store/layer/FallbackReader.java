package io.github.storeproof.store.layer;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a blob of the near store, and of the far one where the near one's is not whole. *Thread-safe.*
final class FallbackReader implements BlobReader {
  private final BlobReader near;
  private final FarStore.Question<Optional<BlobReader>> farOpener;
  private @Nullable BlobReader far;

  FallbackReader(BlobReader near, FarStore.Question<Optional<BlobReader>> farOpener) {
    this.near = near;
    this.farOpener = farOpener;
  }

  @Override
  public long size() {
    return near.size();
  }

  @Override
  public boolean isResident() {
    return near.isResident();
  }

  @Override
  public int read(long offsetBytes, MemorySegment into) throws StoreException {
    try {
      return near.read(offsetBytes, into);
    } catch (StoreException e) {
      boolean isNotWhole =
          e.failure() == StoreFailure.CORRUPT || e.failure() == StoreFailure.MISSING;
      if (isNotWhole) {
        return far(e).read(offsetBytes, into);
      }
      throw e;
    }
  }

  private synchronized BlobReader far(StoreException reason) throws StoreException {
    if (far == null) {
      far = farOpener.ask().orElseThrow(() -> reason);
    }
    return far;
  }

  @Override
  public synchronized void close() {
    near.close();
    if (far != null) {
      far.close();
    }
  }
}
