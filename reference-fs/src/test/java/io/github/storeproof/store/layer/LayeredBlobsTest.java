package io.github.storeproof.store.layer;

import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobServiceContract;
import io.github.storeproof.store.blob.MemoryBlobService;

class LayeredBlobsTest extends BlobServiceContract {
  private final BlobService layered =
      new LayeredBlobs(
          new MemoryBlobService(),
          new MemoryBlobService(),
          new FarStore("far"),
          new Layering(true, true));

  @Override
  protected BlobService blobs() {
    return layered;
  }
}
