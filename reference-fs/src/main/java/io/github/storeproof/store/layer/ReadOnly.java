package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.Chunk;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.List;
import java.util.Optional;

/// Services that can be read only. *Thread-safe.*
public final class ReadOnly {
  private ReadOnly() {}

  /// Blobs that nobody adds to.
  public record Blobs(BlobService service) implements BlobService {
    @Override
    public boolean mayBlock() {
      return service.mayBlock();
    }

    @Override
    public boolean has(B3Digest digest) throws StoreException {
      return service.has(digest);
    }

    @Override
    public Optional<BlobReader> openRead(B3Digest digest) throws StoreException {
      return service.openRead(digest);
    }

    @Override
    public Optional<BlobReader> openRead(B3Digest digest, long sizeBytes) throws StoreException {
      return service.openRead(digest, sizeBytes);
    }

    @Override
    public Optional<List<Chunk>> chunks(B3Digest digest) throws StoreException {
      return service.chunks(digest);
    }

    @Override
    public BlobWriter openWrite() throws StoreException {
      throw denied();
    }
  }

  /// Directories that nobody adds to.
  public record Directories(DirectoryService service) implements DirectoryService {
    @Override
    public boolean mayBlock() {
      return service.mayBlock();
    }

    @Override
    public Optional<Directory> get(B3Digest digest) throws StoreException {
      return service.get(digest);
    }

    @Override
    public Cursor<Directory> getRecursive(B3Digest root) throws StoreException {
      return service.getRecursive(root);
    }

    @Override
    public B3Digest put(Directory directory) throws StoreException {
      throw denied();
    }

    @Override
    public DirectoryWriter putMultiple() throws StoreException {
      throw denied();
    }
  }

  /// Path infos that nobody adds to.
  public record PathInfos(PathInfoService service) implements PathInfoService {
    @Override
    public boolean mayBlock() {
      return service.mayBlock();
    }

    @Override
    public Optional<PathInfo> get(byte[] digest) throws StoreException {
      return service.get(digest);
    }

    @Override
    public Cursor<PathInfo> list() throws StoreException {
      return service.list();
    }

    @Override
    public PathInfo put(PathInfo pathInfo) throws StoreException {
      throw denied();
    }
  }

  private static StoreException denied() {
    return new StoreException(StoreFailure.DENIED, "store is read-only");
  }
}
