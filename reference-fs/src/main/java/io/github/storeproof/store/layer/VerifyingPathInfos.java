package io.github.storeproof.store.layer;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.store.pathinfo.TrustedKeys;
import java.util.Optional;

/// Of the path infos of a service those that somebody trusted has signed; the others are not there, and none
/// of them is put. *Thread-safe.*
///
/// @param keys whose signatures count
public record VerifyingPathInfos(PathInfoService service, TrustedKeys keys)
    implements PathInfoService {
  private static final System.Logger LOG = System.getLogger(VerifyingPathInfos.class.getName());

  @Override
  public boolean mayBlock() {
    return service.mayBlock();
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    Optional<PathInfo> found = service.get(digest);
    if (found.isPresent() && !keys.haveSigned(found.get())) {
      LOG.log(System.Logger.Level.WARNING, "{0}", complaint(found.get()));
      return Optional.empty();
    }
    return found;
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    if (!keys.haveSigned(pathInfo)) {
      throw new StoreException(StoreFailure.REFUSED, complaint(pathInfo));
    }
    return service.put(pathInfo);
  }

  private String complaint(PathInfo pathInfo) {
    return "path info of "
        + pathInfo.path()
        + " has no right signature of a trusted key, want one of "
        + keys.names();
  }

  @Override
  public Cursor<PathInfo> list() throws StoreException {
    Cursor<PathInfo> all = service.list();
    return new Cursor<>() {
      @Override
      public Optional<PathInfo> next() throws StoreException {
        Optional<PathInfo> next = all.next();
        while (next.isPresent() && !keys.haveSigned(next.get())) {
          next = all.next();
        }
        return next;
      }

      @Override
      public void close() {
        all.close();
      }
    };
  }
}
