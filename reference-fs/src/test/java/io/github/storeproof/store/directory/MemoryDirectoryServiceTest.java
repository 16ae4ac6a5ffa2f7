package io.github.storeproof.store.directory;

import io.github.storeproof.model.SizeRule;

class MemoryDirectoryServiceTest extends DirectoryServiceContract {
  @Override
  protected DirectoryService open(SizeRule sizeRule) {
    return new MemoryDirectoryService(sizeRule);
  }
}
