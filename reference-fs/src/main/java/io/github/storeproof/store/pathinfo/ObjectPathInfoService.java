package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.object.ObjectBatch;
import io.github.storeproof.store.object.ObjectKey;
import io.github.storeproof.store.object.ObjectStorage;
import java.util.Optional;

/// Keeps each path info as an object. *Thread-safe.*
public final class ObjectPathInfoService implements PathInfoService {
  private static final int MOST_BYTES = 64 << 20;

  private final ObjectStorage objects;

  /// @param objects which stay the caller's
  public ObjectPathInfoService(ObjectStorage objects) {
    this.objects = objects;
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    Optional<byte[]> bytes = objects.get(ObjectKey.ofPathInfo(digest), MOST_BYTES);
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(IndexedPathInfoService.decoded(digest, bytes.get()));
  }

  /// One that is corrupt is replaced.
  private Optional<PathInfo> whole(byte[] digest) throws StoreException {
    try {
      return get(digest);
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    byte[] digest = pathInfo.path().digest();
    return objects.alone(() -> {
      Optional<PathInfo> known = whole(digest);
      PathInfo stored = known.isEmpty() ? pathInfo : SignedPathInfos.merge(known.get(), pathInfo);
      try (ObjectBatch batch = objects.openBatch()) {
        batch.put(ObjectKey.ofPathInfo(digest), PathInfoMessages.messageOf(stored).toByteArray());
        batch.publish();
      }
      return stored;
    });
  }

  @Override
  public Cursor<PathInfo> list() throws StoreException {
    Cursor<ObjectKey> keys = objects.list(ObjectKey.Kind.PATH_INFO);
    return new Cursor<>() {
      @Override
      public Optional<PathInfo> next() throws StoreException {
        for (var key = keys.next(); key.isPresent(); key = keys.next()) {
          Optional<PathInfo> found = get(digestOf(key.get()));
          if (found.isPresent()) {
            return found;
          }
        }
        return Optional.empty();
      }

      @Override
      public void close() {
        keys.close();
      }
    };
  }

  private static byte[] digestOf(ObjectKey key) throws StoreException {
    try {
      byte[] digest = NixBase32.decode(key.name());
      // An object of another name is none of ours.
      var _ = ObjectKey.ofPathInfo(digest);
      return digest;
    } catch (InvalidDataException | IllegalArgumentException e) {
      throw new StoreException(
          StoreFailure.CORRUPT, "object " + key + " is no path info: " + e.getMessage(), e);
    }
  }
}
