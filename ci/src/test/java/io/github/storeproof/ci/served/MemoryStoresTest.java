package io.github.storeproof.ci.served;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import java.nio.file.Path;

/// The stores in memory.
class MemoryStoresTest extends ServedStores {
  @Override
  Opened open(Path empty) {
    return new Opened(inMemory(), () -> {});
  }

  static Stores inMemory() {
    return new Stores(
        new MemoryBlobService(),
        new MemoryDirectoryService(SizeRule.SNIX),
        new MemoryPathInfoService());
  }
}
