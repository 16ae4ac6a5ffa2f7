package io.github.storeproof.store.file;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.object.ObjectKey;
import io.github.storeproof.store.object.ObjectStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects what nothing refers to in a store of objects. *Confined.*
///
/// Others read and write meanwhile, in whatever process. There is no index and no change of many objects
/// at once, so it rests on three things. An object that was put or used lately stays, and a writer that finds
/// content there, and does not write it again, uses it. Objects are removed a few at a time, while none is
/// put or used, and path infos that came since the start are marked first. And what refers to something
/// goes, for good, before it: a collection that is killed leaves garbage and nothing broken. Writers of
/// others do none of that: they must not write meanwhile.
public final class ObjectGarbage {
  private static final int REMOVED_TOGETHER = 8192;
  // What refers to something before it.
  private static final List<ObjectKey.Kind> ORDER =
      List.of(
          ObjectKey.Kind.PATH_INFO,
          ObjectKey.Kind.TREE,
          ObjectKey.Kind.WITHIN,
          ObjectKey.Kind.BLOB,
          ObjectKey.Kind.CHUNK);

  private final ObjectStore store;
  private final long youngSinceMillis;
  private final ObjectMarks marks;
  // When each path info was put, of those that were there at the start.
  private final Map<ObjectKey, Long> pathInfos = new HashMap<>();
  private final Map<ObjectKey.Kind, List<ObjectKey>> condemned =
      new EnumMap<>(ObjectKey.Kind.class);

  /// @param grace how long an object stays that nothing refers to
  public ObjectGarbage(ObjectStore store, Duration grace) {
    this.store = store;
    this.youngSinceMillis = System.currentTimeMillis() - grace.toMillis();
    this.marks = new ObjectMarks(store);
    ORDER.forEach(kind -> condemned.put(kind, new ArrayList<>()));
  }

  /// Removes content that no path info refers to.
  public Garbage.Collected collect() throws StoreException {
    return collect(Optional.empty());
  }

  /// Removes also all path infos but some, and those that they refer to.
  ///
  /// @throws StoreException [StoreFailure#REFUSED] when one of them is not there; nothing is removed
  public Garbage.Collected collectAllBut(Collection<StorePath> kept) throws StoreException {
    return collect(Optional.of(ReachedPaths.from(kept, store.pathInfos()::get)));
  }

  private Garbage.Collected collect(Optional<ReachedPaths> kept) throws StoreException {
    for (ObjectKey.Kind kind : ORDER) {
      if (kind != ObjectKey.Kind.PATH_INFO && pathInfos.isEmpty()) {
        throw new StoreException(
            StoreFailure.REFUSED,
            "store has no store paths, want one that says itself what its content belongs to");
      }
      try (Cursor<ObjectKey> keys = store.objects().list(kind)) {
        for (var key = keys.next(); key.isPresent(); key = keys.next()) {
          judge(key.get(), kept);
        }
      }
    }
    noteTrees();
    return remove();
  }

  private List<ObjectKey> condemned(ObjectKey.Kind kind) {
    return condemned.getOrDefault(kind, List.of());
  }

  /// Whether an object is to go: what refers to it was judged before.
  private void judge(ObjectKey key, Optional<ReachedPaths> kept) throws StoreException {
    boolean stays =
        switch (key.kind()) {
          case PATH_INFO -> isKept(key, kept);
          case TREE, WITHIN, BLOB, CHUNK -> marks.has(key) || isYoung(key);
        };
    if (!stays) {
      condemned(key.kind()).add(key);
      return;
    }
    switch (key.kind()) {
      case PATH_INFO -> markPathInfo(key);
      case TREE -> marks.markTree(key.digest());
      case BLOB -> marks.markBlob(key.digest());
      case WITHIN, CHUNK -> {}
    }
  }

  private boolean isKept(ObjectKey pathInfo, Optional<ReachedPaths> kept) throws StoreException {
    pathInfos.put(pathInfo, store.objects().lastUseMillis(pathInfo).orElse(0));
    return kept.isEmpty() || kept.get().has(pathInfo.name());
  }

  private boolean isYoung(ObjectKey key) throws StoreException {
    // One that is gone is nothing to remove.
    return store.objects().lastUseMillis(key).orElse(Long.MAX_VALUE) >= youngSinceMillis;
  }

  private void markPathInfo(ObjectKey key) throws StoreException {
    try {
      Optional<PathInfo> found = store.pathInfos().get(NixBase32.decode(key.name()));
      if (found.isPresent()) {
        marks.mark(found.get().node());
      }
    } catch (InvalidDataException | IllegalArgumentException e) {
      throw new StoreException(
          StoreFailure.CORRUPT, "object " + key + " has no store path for a name", e);
    }
  }

  /// A directory must not be lost with the one of its trees that is noted for it.
  private void noteTrees() throws StoreException {
    Map<B3Digest, B3Digest> others = new HashMap<>();
    for (ObjectKey tree : condemned(ObjectKey.Kind.TREE)) {
      try {
        others.putAll(marks.insteadOf(tree.digest()));
      } catch (StoreException e) {
        // One that cannot be read is found by no note.
        if (e.failure() != StoreFailure.CORRUPT) {
          throw e;
        }
      }
    }
    store.directories().note(others);
  }

  private Garbage.Collected remove() throws StoreException {
    Map<ObjectKey.Kind, Integer> counts = new EnumMap<>(ObjectKey.Kind.class);
    long freedBytes = 0;
    for (ObjectKey.Kind kind : ORDER) {
      List<ObjectKey> keys = condemned(kind);
      for (int from = 0; from < keys.size(); from += REMOVED_TOGETHER) {
        ObjectStorage.Removed removed =
            store
                .objects()
                .removeAll(
                    keys.subList(from, Math.min(keys.size(), from + REMOVED_TOGETHER)), new Veto());
        int _ = counts.merge(kind, removed.objectCount(), Integer::sum);
        freedBytes += removed.sizeBytes();
      }
    }
    freedBytes += store.objects().removeAbandoned(youngSinceMillis);
    return new Garbage.Collected(
        counts.getOrDefault(ObjectKey.Kind.PATH_INFO, 0),
        counts.getOrDefault(ObjectKey.Kind.TREE, 0),
        counts.getOrDefault(ObjectKey.Kind.BLOB, 0),
        freedBytes);
  }

  private boolean isNew(ObjectKey pathInfo) throws StoreException {
    Long known = pathInfos.get(pathInfo);
    return known == null || known != store.objects().lastUseMillis(pathInfo).orElse(known);
  }

  /// What has come since the start stays, and so does what it refers to.
  private final class Veto implements ObjectStorage.Veto {
    @Override
    public void begin() throws StoreException {
      try (Cursor<ObjectKey> keys = store.objects().list(ObjectKey.Kind.PATH_INFO)) {
        for (var key = keys.next(); key.isPresent(); key = keys.next()) {
          if (isNew(key.get())) {
            markPathInfo(key.get());
          }
        }
      }
    }

    @Override
    public boolean isKept(ObjectKey key) throws StoreException {
      return switch (key.kind()) {
        case PATH_INFO -> isNew(key);
        case TREE, WITHIN, BLOB, CHUNK -> marks.has(key) || isYoung(key);
      };
    }
  }
}
