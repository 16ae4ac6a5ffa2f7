package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Keeps path infos on the heap, in the order in which they came. *Thread-safe.*
public final class MemoryPathInfoService implements PathInfoService {
  // By digest in nixbase32.
  private final Map<String, PathInfo> pathInfos = new LinkedHashMap<>();
  private final List<PathInfoListener> listeners = new CopyOnWriteArrayList<>();

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public Optional<PathInfo> get(byte[] digest) {
    String key = NixBase32.encode(digest);
    synchronized (pathInfos) {
      return Optional.ofNullable(pathInfos.get(key));
    }
  }

  @Override
  public PathInfo put(PathInfo pathInfo) throws StoreException {
    String key = NixBase32.encode(pathInfo.path().digest());
    @Nullable PathInfo known;
    PathInfo stored;
    synchronized (pathInfos) {
      known = pathInfos.get(key);
      stored = known == null ? pathInfo : SignedPathInfos.merge(known, pathInfo);
      pathInfos.put(key, stored);
    }
    if (known == null) {
      listeners.forEach(listener -> listener.added(stored));
    }
    return stored;
  }

  @Override
  public Cursor<PathInfo> list() {
    synchronized (pathInfos) {
      return new ListCursor(new ArrayList<>(pathInfos.values()).iterator());
    }
  }

  @Override
  public boolean isObservable() {
    return true;
  }

  @Override
  public void addListener(PathInfoListener listener) {
    listeners.add(listener);
  }
}
