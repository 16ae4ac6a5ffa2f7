package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobWriter;
import java.lang.foreign.MemorySegment;

/// Writes a blob to two stores. The far one has it first, so that the near one never says that
/// something is stored which is not. *Confined.*
final class ThroughWriter implements BlobWriter {
  private final BlobWriter near;
  private final BlobWriter far;
  private final FarStore farStore;

  ThroughWriter(BlobWriter near, BlobWriter far, FarStore farStore) {
    this.near = near;
    this.far = far;
    this.farStore = farStore;
  }

  @Override
  public void write(MemorySegment bytes) throws StoreException {
    boolean _ =
        farStore.ask(() -> {
          far.write(bytes);
          return true;
        });
    near.write(bytes);
  }

  @Override
  public B3Digest commit() throws StoreException {
    var _ = farStore.ask(far::commit);
    return near.commit();
  }

  @Override
  public void close() {
    try (near) {
      far.close();
    }
  }
}
