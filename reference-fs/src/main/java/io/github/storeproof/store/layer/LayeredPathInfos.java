package io.github.storeproof.store.layer;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.pathinfo.PathInfoService;
import java.util.Optional;

/// Path infos of a near store, and behind it those of a far one. *Thread-safe.*
public final class LayeredPathInfos implements PathInfoService {
  private final PathInfoService near;
  private final PathInfoService far;
  private final FarStore farStore;
  private final Layering layering;
  private final Copies<StorePath> copies = new Copies<>();

  public LayeredPathInfos(
      PathInfoService near, PathInfoService far, FarStore farStore, Layering layering) {
    this.near = near;
    this.far = far;
    this.farStore = farStore;
    this.layering = layering;
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) throws StoreException {
    Optional<PathInfo> found = nearOrNone(digest);
    if (found.isPresent()) {
      return found;
    }
    Optional<PathInfo> fetched = farStore.ask(() -> far.get(digest));
    if (fetched.isPresent() && layering.isCopied()) {
      PathInfo pathInfo = fetched.get();
      copies.start(
          pathInfo.path(),
          () -> {
            var _ = near.put(pathInfo);
          });
    }
    return fetched;
  }

  private Optional<PathInfo> nearOrNone(byte[] digest) throws StoreException {
    try {
      return near.get(digest);
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    if (layering.isWrittenThrough()) {
      var _ = farStore.ask(() -> far.put(pathInfo));
    }
    return near.put(pathInfo);
  }

  /// Those of both, each once. Fails when the far one does not answer: a short list must not look like a
  /// whole one (rule ROOT-6).
  @Override
  public Cursor<PathInfo> list() throws StoreException {
    Cursor<PathInfo> ofFar = farStore.ask(far::list);
    return new Cursor<>() {
      private final Cursor<PathInfo> ofNear = near.list();
      private boolean isNearDone;

      @Override
      public Optional<PathInfo> next() throws StoreException {
        if (!isNearDone) {
          Optional<PathInfo> next = ofNear.next();
          if (next.isPresent()) {
            return next;
          }
          isNearDone = true;
        }
        Optional<PathInfo> next = farStore.ask(ofFar::next);
        while (next.isPresent() && nearOrNone(next.get().path().digest()).isPresent()) {
          next = farStore.ask(ofFar::next);
        }
        return next;
      }

      @Override
      public void close() {
        try (ofNear) {
          ofFar.close();
        }
      }
    };
  }
}
