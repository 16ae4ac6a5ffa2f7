package io.github.storeproof.store.layer;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreSink;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.file.KilledWriter;
import io.github.storeproof.store.file.ObjectStore;
import java.nio.file.Path;

/// Stores of a directory: `near`, `far`, and the `queue` between them. Its process puts into them what
/// [KilledWriter] puts, and pushes meanwhile, until it is killed.
record KilledWriteBack(PushQueue queue, WriteBack.Side near, WriteBack.Side far) {
  private static final FarStore FAR_STORE = new FarStore("far");

  /// @param arguments the directory and a seed
  public static void main(String[] arguments) throws StoreException {
    KilledWriteBack stores = open(Path.of(arguments[0]));
    var _ = stores.start();
    KilledWriter.fill(stores.sink(), Long.parseLong(arguments[1]));
  }

  static KilledWriteBack open(Path directory) throws StoreException {
    FileStore near = FileStore.open(directory.resolve("near"), SizeRule.SNIX);
    ObjectStore far = ObjectStore.open(directory.resolve("far"), SizeRule.SNIX);
    return new KilledWriteBack(
        PushQueue.open(directory.resolve("queue")),
        new WriteBack.Side(near.blobs(), near.directories(), near.pathInfos()),
        new WriteBack.Side(far.blobs(), far.directories(), far.pathInfos()));
  }

  WriteBack start() {
    return WriteBack.start(queue, near, far, FAR_STORE);
  }

  private StoreSink sink() {
    return new StoreSink(
        new WriteBackBlobs(near.blobs(), near.blobs(), queue),
        new WriteBackDirectories(near.directories(), near.directories(), queue),
        new WriteBackPathInfos(near.pathInfos(), near.pathInfos(), queue));
  }
}
