package io.github.storeproof.store.layer;

import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.IndexedPathInfoService;
import io.github.storeproof.store.pathinfo.PathInfoMessages;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.Arrays;
import java.util.Optional;

/// Path infos of a service, which is asked as long as it answers; of those that were asked for before,
/// the last answer is on disk for the time when it does not. *Thread-safe.*
public final class DiskCachedPathInfos implements PathInfoService {
  private final PathInfoService service;
  private final FarStore farStore;
  private final DiskCache cache;

  /// @param cache which stays the caller's
  public DiskCachedPathInfos(PathInfoService service, FarStore farStore, DiskCache cache) {
    this.service = service;
    this.farStore = farStore;
    this.cache = cache;
  }

  private static String name(byte[] digest) {
    return "path-info-" + NixBase32.encode(digest);
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    try {
      Optional<PathInfo> found = farStore.ask(() -> service.get(digest));
      found.ifPresent(pathInfo -> keep(digest, pathInfo));
      return found;
    } catch (StoreException e) {
      Optional<PathInfo> cached =
          FarStore.isOutage(e.failure()) ? cached(digest) : Optional.empty();
      return Optional.of(cached.orElseThrow(() -> e));
    }
  }

  private void keep(byte[] digest, PathInfo pathInfo) {
    byte[] bytes = PathInfoMessages.messageOf(pathInfo).toByteArray();
    Optional<byte[]> known = cache.get(name(digest));
    if (known.isEmpty() || !Arrays.equals(known.get(), bytes)) {
      cache.put(name(digest), bytes);
    }
  }

  private Optional<PathInfo> cached(byte[] digest) {
    Optional<byte[]> bytes = cache.get(name(digest));
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(IndexedPathInfoService.decoded(digest, bytes.get()));
    } catch (StoreException _) {
      cache.remove(name(digest));
      return Optional.empty();
    }
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    return farStore.ask(() -> service.put(pathInfo));
  }

  /// Fails when the service does not answer: a short list must not look like a whole one (rule ROOT-6).
  @Override
  public Cursor<PathInfo> list() throws StoreException {
    return farStore.ask(service::list);
  }
}
