package io.github.storeproof.store.layer;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.pathinfo.PathInfoListener;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.store.pathinfo.SignedPathInfos;
import io.github.storeproof.store.pathinfo.SigningKey;
import java.util.Optional;

/// Path infos of a service, to which a signature is added when they are put. *Thread-safe.*
///
/// @param key signs
public record SigningPathInfos(PathInfoService service, SigningKey key) implements PathInfoService {
  @Override
  public boolean mayBlock() {
    return service.mayBlock();
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    return service.get(digest);
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    return service.put(SignedPathInfos.with(pathInfo, key.sign(pathInfo.fingerprint())));
  }

  @Override
  public Cursor<PathInfo> list() throws StoreException {
    return service.list();
  }

  @Override
  public boolean isObservable() {
    return service.isObservable();
  }

  @Override
  public void addListener(PathInfoListener listener) {
    service.addListener(listener);
  }
}
