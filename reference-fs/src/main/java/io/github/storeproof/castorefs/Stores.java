package io.github.storeproof.castorefs;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.layer.CachedDirectories;
import io.github.storeproof.store.pathinfo.PathInfoService;

/// The three stores that a filesystem shows, asked for what a node refers to: that must be there,
/// and be what the node says.
public record Stores(BlobService blobs, DirectoryService directories, PathInfoService pathInfos) {
  /// The same stores, of whose directories those that were asked for last stay in memory: the kernel forgets what it knew,
  /// and asks again. Stores that have all in memory anyway are left as they are.
  ///
  /// @param mostBytes of all directories that stay
  public Stores rememberingDirectories(long mostBytes) {
    return directories.mayBlock()
        ? new Stores(blobs, new CachedDirectories(directories, mostBytes), pathInfos)
        : this;
  }

  /// A reader of the file's content (rules ERR-1 and ERR-9).
  BlobReader openRead(FileNode file) throws StoreException {
    return blobs
        .openRead(file.digest(), file.size())
        .orElseThrow(() -> missing("blob", file.digest()));
  }

  /// The directory of a node (rules ERR-2 and ERR-8).
  Directory directory(DirectoryNode node) throws StoreException {
    Directory directory =
        directories.get(node.digest()).orElseThrow(() -> missing("directory", node.digest()));
    if (!directory.digest().equals(node.digest())) {
      throw new StoreException(
          StoreFailure.CORRUPT,
          "directory has digest " + directory.digest() + ", want " + node.digest());
    }
    return directory;
  }

  private static StoreException missing(String what, B3Digest digest) {
    return new StoreException(StoreFailure.MISSING, what + " " + digest + " is not there");
  }
}
