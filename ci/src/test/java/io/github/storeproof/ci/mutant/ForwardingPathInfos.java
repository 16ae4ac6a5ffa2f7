package io.github.storeproof.ci.mutant;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.Optional;

/// A service that does what another does; a fault overrides some of it.
class ForwardingPathInfos implements PathInfoService {
  private final PathInfoService right;

  ForwardingPathInfos(PathInfoService right) {
    this.right = right;
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    return right.get(digest);
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    return right.put(pathInfo);
  }

  @Override
  public Cursor<PathInfo> list() throws StoreException {
    return right.list();
  }
}
