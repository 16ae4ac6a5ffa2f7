package io.github.storeproof.ci.served;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.layer.FarStore;
import io.github.storeproof.store.layer.LayeredBlobs;
import io.github.storeproof.store.layer.LayeredDirectories;
import io.github.storeproof.store.layer.LayeredPathInfos;
import io.github.storeproof.store.layer.Layering;
import java.nio.file.Path;

/// Durable stores before others in memory; what is put goes to both.
class LayeredStoresTest extends ServedStores {
  private static final Layering BOTH = new Layering(true, true);

  @Override
  Opened open(Path empty) throws Exception {
    FileStore near = FileStore.open(empty, SizeRule.SNIX);
    Stores far = MemoryStoresTest.inMemory();
    FarStore state = new FarStore("far");
    Stores layered =
        new Stores(
            new LayeredBlobs(near.blobs(), far.blobs(), state, BOTH),
            new LayeredDirectories(near.directories(), far.directories(), state, BOTH),
            new LayeredPathInfos(near.pathInfos(), far.pathInfos(), state, BOTH));
    return new Opened(layered, near::close);
  }
}
