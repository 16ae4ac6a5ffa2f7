package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.github.storeproof.store.directory.TreeSpace;
import io.github.storeproof.store.remote.SharedLoads;
import java.util.Optional;

/// Directories of a service, of which those that were asked for last are in memory. *Thread-safe.*
public final class CachedDirectories implements DirectoryService {
  private final DirectoryService service;
  private final SharedLoads<B3Digest, Directory> loads;

  /// @param mostBytes of all that is in memory; what was used longest ago goes first
  public CachedDirectories(DirectoryService service, long mostBytes) {
    this.service = service;
    this.loads = new SharedLoads<>(mostBytes, TreeSpace::bytesOf);
  }

  @Override
  public boolean mayBlock() {
    return service.mayBlock();
  }

  @Override
  public Optional<Directory> get(B3Digest digest) throws StoreException {
    return loads.of(digest, () -> service.get(digest));
  }

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    return service.put(directory);
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) throws StoreException {
    return service.getRecursive(root);
  }

  @Override
  public DirectoryWriter putMultiple() throws StoreException {
    return service.putMultiple();
  }
}
