package io.github.storeproof.store.object;

import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.disk.AbandonedFiles;
import io.github.storeproof.store.disk.Disk;
import io.github.storeproof.store.disk.DiskFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/// Keeps each object in a file. *Thread-safe.* Any number of processes read and write.
///
/// A file is written aside, in `incoming/`, made durable and given its name. When it was last put or used
/// is the time of its last change. Files get names, and lose them, in one process at a time.
public final class FileObjects implements ObjectStorage {
  /// How long it takes until the use of an object is noted again.
  private static final Duration USED_AGAIN = Duration.ofMinutes(10);

  // No writer takes so long.
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private final Path root;
  private final Disk disk;
  // One for all: the kernel takes two of them, which threads of a process hold and want, for a
  // deadlock.
  private final ProcessLock lock;

  private FileObjects(Path root) {
    this.root = root;
    this.disk = new Disk(root);
    this.lock = new ProcessLock(root.resolve("lock"));
  }

  /// The objects below `root`, whose directories are made when they are missing.
  public static FileObjects in(Path root) throws StoreException {
    FileObjects objects = new FileObjects(root);
    try {
      Files.createDirectories(objects.incoming());
      for (ObjectKey.Kind kind : ObjectKey.Kind.values()) {
        Files.createDirectories(root.resolve(kind.directory()));
      }
      long _ = AbandonedFiles.remove(objects.incoming(), before(ABANDONED_AFTER));
    } catch (IOException e) {
      throw DiskFailures.of("directories of objects cannot be made", e);
    }
    return objects;
  }

  private static long before(Duration duration) {
    return System.currentTimeMillis() - duration.toMillis();
  }

  private Path incoming() {
    return root.resolve("incoming");
  }

  Path newIncoming() {
    return incoming().resolve(UUID.randomUUID().toString());
  }

  Path of(ObjectKey key) {
    return root.resolve(key.path());
  }

  Disk disk() {
    return disk;
  }

  @Override
  public boolean has(ObjectKey key) {
    return Files.exists(of(key));
  }

  @Override
  public Optional<byte[]> get(ObjectKey key, int mostBytes) throws StoreException {
    try (InputStream file = Files.newInputStream(of(key))) {
      byte[] bytes = file.readNBytes(mostBytes);
      if (bytes.length == mostBytes && file.read() >= 0) {
        throw new StoreException(
            StoreFailure.CORRUPT,
            "object " + key + " has more than " + mostBytes + " bytes, want no more");
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DiskFailures.of("object " + key + " cannot be read", e);
    }
  }

  @Override
  public OptionalLong lastUseMillis(ObjectKey key) throws StoreException {
    try {
      return OptionalLong.of(Files.getLastModifiedTime(of(key)).toMillis());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw DiskFailures.of("object " + key + " cannot be found", e);
    }
  }

  @Override
  public boolean isUsedLately(ObjectKey key) throws StoreException {
    return lastUseMillis(key).orElse(0) > before(USED_AGAIN);
  }

  @Override
  public boolean use(ObjectKey key) throws StoreException {
    OptionalLong lastUse = lastUseMillis(key);
    if (lastUse.isEmpty() || lastUse.getAsLong() > before(USED_AGAIN)) {
      return lastUse.isPresent();
    }
    try {
      return lock.hold(() -> {
        use(of(key));
        return true;
      });
    } catch (IOException e) {
      // It was collected a moment ago, or is another user's: it is put again then.
      return false;
    }
  }

  private static void use(Path file) throws IOException {
    Path _ = Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
  }

  /// Gives files that are on the disk their names.
  ///
  /// @return the directories that were changed
  Set<Path> place(Map<ObjectKey, Path> files) throws IOException, StoreException {
    return lock.hold(() -> {
      Set<Path> directories = new LinkedHashSet<>();
      for (Map.Entry<ObjectKey, Path> each : files.entrySet()) {
        Path target = of(each.getKey());
        Path directory = target.resolveSibling("");
        directories.add(directory);
        if (Files.getLastModifiedTime(each.getValue()).toMillis() < before(USED_AGAIN)) {
          use(each.getValue());
        }
        if (Disk.place(each.getValue(), target)) {
          directories.add(directory.resolveSibling(""));
        }
      }
      return directories;
    });
  }

  @Override
  public Removed removeAll(Collection<ObjectKey> keys, Veto veto) throws StoreException {
    Set<Path> directories = new LinkedHashSet<>();
    try {
      Removed removed =
          lock.hold(() -> {
            veto.begin();
            int objectCount = 0;
            long sizeBytes = 0;
            for (ObjectKey key : keys) {
              Path file = of(key);
              if (Files.exists(file) && !veto.isKept(key)) {
                sizeBytes += Files.size(file);
                objectCount++;
                Files.delete(file);
                directories.add(file.resolveSibling(""));
              }
            }
            return new Removed(objectCount, sizeBytes);
          });
      // What refers to things must not come back without them.
      disk.syncNames(directories);
      return removed;
    } catch (IOException e) {
      throw DiskFailures.of("objects cannot be removed", e);
    }
  }

  @Override
  public long removeAbandoned(long untilMillis) throws StoreException {
    try {
      return AbandonedFiles.remove(incoming(), untilMillis);
    } catch (IOException e) {
      throw DiskFailures.of("what was left cannot be removed", e);
    }
  }

  @Override
  public ObjectBatch openBatch() {
    return new FileObjectBatch(this);
  }

  @Override
  public void remove(ObjectKey key) throws StoreException {
    try {
      boolean _ = Files.deleteIfExists(of(key));
    } catch (IOException e) {
      throw DiskFailures.of("object " + key + " cannot be removed", e);
    }
  }

  @Override
  public Cursor<ObjectKey> list(ObjectKey.Kind kind) throws StoreException {
    return new FileCursor(kind, root.resolve(kind.directory()));
  }

  @Override
  public <T> T alone(Change<T> change) throws StoreException {
    try {
      return lock.hold(change::make);
    } catch (IOException e) {
      throw DiskFailures.of("store cannot be locked", e);
    }
  }
}
