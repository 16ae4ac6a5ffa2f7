package io.github.storeproof.store.object;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.disk.DiskFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Files in `incoming/` until they are published. *Thread-safe.*
final class FileObjectBatch implements ObjectBatch {
  private static final int MOST_BYTES = 1 << 30;

  private final FileObjects objects;
  private final Object publishing = new Object();
  // Each until it has its name.
  private final Map<ObjectKey, Path> staged = new LinkedHashMap<>();

  FileObjectBatch(FileObjects objects) {
    this.objects = objects;
  }

  @Override
  public void put(ObjectKey key, byte[] bytes) throws StoreException {
    Path file = objects.newIncoming();
    try {
      Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      discard(file);
      throw DiskFailures.of("object " + key + " cannot be written", e);
    }
    Path known;
    synchronized (this) {
      known = staged.putIfAbsent(key, file);
    }
    if (known != null) {
      discard(file);
    }
  }

  @Override
  public Optional<byte[]> get(ObjectKey key) throws StoreException {
    Path file;
    synchronized (this) {
      file = staged.get(key);
    }
    if (file == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      // It has got its name since.
      return objects.get(key, MOST_BYTES);
    } catch (IOException e) {
      throw DiskFailures.of("object " + key + " cannot be read", e);
    }
  }

  @Override
  public boolean use(ObjectKey key) throws StoreException {
    synchronized (this) {
      if (staged.containsKey(key)) {
        return true;
      }
    }
    return objects.use(key);
  }

  /// One after the other: what refers to a chunk must not overtake it.
  @Override
  public void publish() throws StoreException {
    synchronized (publishing) {
      Map<ObjectKey, Path> all;
      synchronized (this) {
        all = new LinkedHashMap<>(staged);
      }
      boolean isPublished = false;
      try {
        objects.disk().syncContent(all.values());
        for (ObjectKey.Kind kind : ObjectKey.Kind.values()) {
          place(kind, all);
        }
        isPublished = true;
      } catch (IOException e) {
        throw DiskFailures.of("objects cannot be given their names", e);
      } finally {
        forget(all, isPublished);
      }
    }
  }

  private void forget(Map<ObjectKey, Path> all, boolean isPublished) {
    synchronized (this) {
      staged.keySet().removeAll(all.keySet());
    }
    if (!isPublished) {
      all.values().forEach(FileObjectBatch::discard);
    }
  }

  private void place(ObjectKey.Kind kind, Map<ObjectKey, Path> all)
      throws IOException, StoreException {
    Map<ObjectKey, Path> taken = new LinkedHashMap<>(all);
    taken.keySet().removeIf(key -> key.kind() != kind);
    if (!taken.isEmpty()) {
      objects.disk().syncNames(objects.place(taken));
    }
  }

  @Override
  public void close() {
    synchronized (publishing) {
      synchronized (this) {
        staged.values().forEach(FileObjectBatch::discard);
        staged.clear();
      }
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It is in nobody's way.
    }
  }
}
