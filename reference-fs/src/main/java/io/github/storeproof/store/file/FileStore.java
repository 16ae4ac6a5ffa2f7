package io.github.storeproof.store.file;

import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.FileBlobService;
import io.github.storeproof.store.directory.IndexedDirectoryService;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.LmdbIndex;
import io.github.storeproof.store.pathinfo.IndexedPathInfoService;
import java.nio.file.Path;
import java.time.InstantSource;

/// A store in a directory. *Thread-safe.* A process opens a directory once; any number of processes may
/// have it open, to read and to write.
public final class FileStore implements AutoCloseable {
  private final Path directory;
  private final Index index;
  private final FileBlobService blobs;
  private final IndexedDirectoryService directories;
  private final IndexedPathInfoService pathInfos;

  private FileStore(Path directory, Index index, FileBlobService blobs, SizeRule sizeRule) {
    this.directory = directory;
    this.index = index;
    this.blobs = blobs;
    this.directories = new IndexedDirectoryService(index, sizeRule, InstantSource.system());
    this.pathInfos = new IndexedPathInfoService(index);
  }

  /// Opens a store, or makes one where nothing is yet.
  ///
  /// @param sizeRule how the sizes in directories must have been counted
  /// @throws StoreException when the directory is something else, of another version, or not writable
  public static FileStore open(Path directory, SizeRule sizeRule) throws StoreException {
    StoreVersion.EMBEDDED.check(directory);
    Index index = LmdbIndex.open(directory.resolve("index"));
    try {
      FileBlobService blobs = FileBlobService.open(directory, index, InstantSource.system());
      return new FileStore(directory, index, blobs, sizeRule);
    } catch (StoreException e) {
      index.close();
      throw e;
    }
  }

  /// Where it is.
  public Path directory() {
    return directory;
  }

  /// What the services know their content by.
  public Index index() {
    return index;
  }

  public FileBlobService blobs() {
    return blobs;
  }

  public IndexedDirectoryService directories() {
    return directories;
  }

  public IndexedPathInfoService pathInfos() {
    return pathInfos;
  }

  @Override
  public void close() {
    index.close();
  }
}
