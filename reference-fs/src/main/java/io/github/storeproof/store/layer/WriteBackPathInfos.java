package io.github.storeproof.store.layer;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.List;
import java.util.Optional;

/// Path infos that are put near, and wait to be pushed. *Thread-safe.*
///
/// @param layered where path infos are read
/// @param near where they are put
public record WriteBackPathInfos(PathInfoService layered, PathInfoService near, PushQueue queue)
    implements PathInfoService {
  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    return layered.get(digest);
  }

  @Override
  public Cursor<PathInfo> list() throws StoreException {
    return layered.list();
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    PathInfo stored = near.put(pathInfo);
    queue.add(List.of(Push.pathInfo(pathInfo.path().digest())));
    return stored;
  }
}
