package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.directory.DirectoryWriter;

/// Writes a tree to two stores, the far one first. *Confined.*
final class ThroughDirectoryWriter implements DirectoryWriter {
  private final DirectoryWriter near;
  private final DirectoryWriter far;
  private final FarStore farStore;

  ThroughDirectoryWriter(DirectoryWriter near, DirectoryWriter far, FarStore farStore) {
    this.near = near;
    this.far = far;
    this.farStore = farStore;
  }

  /// The near one refuses a directory before the far one hears of it.
  @Override
  public void put(Directory directory) throws StoreException {
    near.put(directory);
    boolean _ =
        farStore.ask(() -> {
          far.put(directory);
          return true;
        });
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
