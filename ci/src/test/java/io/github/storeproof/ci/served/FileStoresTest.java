package io.github.storeproof.ci.served;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.file.FileStore;
import java.nio.file.Path;

/// The durable stores of a directory.
class FileStoresTest extends ServedStores {
  @Override
  Opened open(Path empty) throws Exception {
    FileStore store = FileStore.open(empty, SizeRule.SNIX);
    return new Opened(services(store), store::close);
  }

  static Stores services(FileStore store) {
    return new Stores(store.blobs(), store.directories(), store.pathInfos());
  }
}
