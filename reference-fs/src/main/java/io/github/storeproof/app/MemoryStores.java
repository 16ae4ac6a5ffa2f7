package io.github.storeproof.app;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.importer.StoreImporter;
import io.github.storeproof.store.importer.TreeImporter;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;

/// Stores that live as long as the process, and the import into them. Closing ends the import's
/// threads; the stores go on.
final class MemoryStores implements AutoCloseable {
  private static final SizeRule SIZE_RULE = SizeRule.SNIX;

  private final Stores stores =
      new Stores(
          new MemoryBlobService(),
          new MemoryDirectoryService(SIZE_RULE),
          new MemoryPathInfoService());
  private final TreeImporter trees =
      new TreeImporter(stores.blobs(), stores.directories(), SIZE_RULE);

  Stores stores() {
    return stores;
  }

  StoreImporter importer() {
    return new StoreImporter(trees, stores.pathInfos());
  }

  @Override
  public void close() {
    trees.close();
  }
}
