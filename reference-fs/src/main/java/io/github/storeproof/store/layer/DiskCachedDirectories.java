package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.github.storeproof.store.directory.TreeCursor;
import java.util.Optional;

/// Directories of a service, of which those that were asked for last are on disk. *Thread-safe.*
public final class DiskCachedDirectories implements DirectoryService {
  private final DirectoryService service;
  private final FarStore farStore;
  private final DiskCache cache;

  /// @param cache which stays the caller's
  public DiskCachedDirectories(DirectoryService service, FarStore farStore, DiskCache cache) {
    this.service = service;
    this.farStore = farStore;
    this.cache = cache;
  }

  private static String name(B3Digest digest) {
    return "directory-" + digest.hex();
  }

  @Override
  public Optional<Directory> get(B3Digest digest) throws StoreException {
    Optional<Directory> cached = cached(digest);
    if (cached.isPresent()) {
      return cached;
    }
    Optional<Directory> fetched = farStore.ask(() -> service.get(digest));
    fetched.ifPresent(directory -> cache.put(name(digest), DirectoryCodec.encode(directory)));
    return fetched;
  }

  private Optional<Directory> cached(B3Digest digest) {
    Optional<byte[]> bytes = cache.get(name(digest));
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (Blake3.hash(bytes.get()).equals(digest)) {
        return Optional.of(DirectoryCodec.decode(bytes.get()));
      }
    } catch (InvalidDataException _) {
      // It goes as what is cut or changed does.
    }
    cache.remove(name(digest));
    return Optional.empty();
  }

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    return farStore.ask(() -> service.put(directory));
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) {
    return new TreeCursor(this, root);
  }

  @Override
  public DirectoryWriter putMultiple() throws StoreException {
    return farStore.ask(service::putMultiple);
  }
}
