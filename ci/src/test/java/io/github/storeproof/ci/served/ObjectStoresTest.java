package io.github.storeproof.ci.served;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.file.ObjectStore;
import java.nio.file.Path;

/// Stores of objects, below a directory.
class ObjectStoresTest extends ServedStores {
  @Override
  Opened open(Path empty) throws Exception {
    ObjectStore store = ObjectStore.open(empty, SizeRule.SNIX);
    return new Opened(new Stores(store.blobs(), store.directories(), store.pathInfos()), () -> {});
  }
}
