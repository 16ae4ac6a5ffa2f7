package io.github.storeproof.store.file;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.ObjectBlobService;
import io.github.storeproof.store.directory.ObjectDirectoryService;
import io.github.storeproof.store.object.FileObjects;
import io.github.storeproof.store.object.ObjectStorage;
import io.github.storeproof.store.pathinfo.ObjectPathInfoService;
import java.nio.file.Path;

/// A store of objects: content in compressed chunks and whole trees, in files below a directory, that
/// others of this kind can read. *Thread-safe.* Any number of processes may have it open.
public final class ObjectStore {
  private final ObjectStorage objects;
  private final ObjectBlobService blobs;
  private final ObjectDirectoryService directories;
  private final ObjectPathInfoService pathInfos;

  private ObjectStore(ObjectStorage objects, SizeRule sizeRule) {
    this.objects = objects;
    this.blobs = new ObjectBlobService(objects);
    this.directories = new ObjectDirectoryService(objects, sizeRule);
    this.pathInfos = new ObjectPathInfoService(objects);
  }

  /// Opens a store, or makes one where nothing is yet.
  ///
  /// @param sizeRule how the sizes in directories must have been counted
  /// @throws StoreException when the directory is something else, of another version, or not writable
  public static ObjectStore open(Path directory, SizeRule sizeRule) throws StoreException {
    StoreVersion.OBJECTS.check(directory);
    return new ObjectStore(FileObjects.in(directory), sizeRule);
  }

  ObjectStorage objects() {
    return objects;
  }

  public ObjectBlobService blobs() {
    return blobs;
  }

  public ObjectDirectoryService directories() {
    return directories;
  }

  public ObjectPathInfoService pathInfos() {
    return pathInfos;
  }
}
