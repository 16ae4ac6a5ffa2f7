package io.github.storeproof.ci.served;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.layer.DiskCache;
import io.github.storeproof.store.layer.DiskCachedBlobs;
import io.github.storeproof.store.layer.DiskCachedDirectories;
import io.github.storeproof.store.layer.DiskCachedPathInfos;
import io.github.storeproof.store.layer.FarStore;
import io.github.storeproof.store.layer.LayeredBlobs;
import io.github.storeproof.store.layer.LayeredDirectories;
import io.github.storeproof.store.layer.LayeredPathInfos;
import io.github.storeproof.store.layer.Layering;
import io.github.storeproof.store.layer.PushQueue;
import io.github.storeproof.store.layer.WriteBack;
import io.github.storeproof.store.layer.WriteBackBlobs;
import io.github.storeproof.store.layer.WriteBackDirectories;
import io.github.storeproof.store.layer.WriteBackPathInfos;
import java.nio.file.Path;
import java.time.InstantSource;

/// Durable stores before others in memory, to which what is put goes later; all of it behind a cache on a disk, of 1 MiB.
class WrittenBackStoresTest extends ServedStores {
  private static final Layering NEAR = new Layering(true, false);
  private static final int ROOM_BYTES = 1 << 20;

  @Override
  Opened open(Path empty) throws Exception {
    FileStore opened = FileStore.open(empty, SizeRule.SNIX);
    Stores near = new Stores(opened.blobs(), opened.directories(), opened.pathInfos());
    Stores far = MemoryStoresTest.inMemory();
    FarStore state = new FarStore("far");
    PushQueue queue = PushQueue.open(Path.of(empty + "-queue"));
    WriteBack writeBack = WriteBack.start(queue, side(near), side(far), state);
    DiskCache cache = DiskCache.open(Path.of(empty + "-cache"), ROOM_BYTES, InstantSource.system());
    return new Opened(
        cached(writtenBack(near, far, state, queue), cache),
        () -> {
          writeBack.close();
          cache.close();
          opened.close();
        });
  }

  private static WriteBack.Side side(Stores stores) {
    return new WriteBack.Side(stores.blobs(), stores.directories(), stores.pathInfos());
  }

  private static Stores writtenBack(Stores near, Stores far, FarStore state, PushQueue queue) {
    return new Stores(
        new WriteBackBlobs(
            new LayeredBlobs(near.blobs(), far.blobs(), state, NEAR), near.blobs(), queue),
        new WriteBackDirectories(
            new LayeredDirectories(near.directories(), far.directories(), state, NEAR),
            near.directories(),
            queue),
        new WriteBackPathInfos(
            new LayeredPathInfos(near.pathInfos(), far.pathInfos(), state, NEAR),
            near.pathInfos(),
            queue));
  }

  private static Stores cached(Stores stores, DiskCache cache) {
    FarStore state = new FarStore("cached");
    return new Stores(
        new DiskCachedBlobs(stores.blobs(), state, cache),
        new DiskCachedDirectories(stores.directories(), state, cache),
        new DiskCachedPathInfos(stores.pathInfos(), state, cache));
  }
}
