package io.github.storeproof.store.layer;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryServiceContract;
import io.github.storeproof.store.directory.MemoryDirectoryService;

class LayeredDirectoriesTest extends DirectoryServiceContract {
  @Override
  protected DirectoryService open(SizeRule sizeRule) {
    return new LayeredDirectories(
        new MemoryDirectoryService(sizeRule),
        new MemoryDirectoryService(sizeRule),
        new FarStore("far"),
        new Layering(true, true));
  }
}
