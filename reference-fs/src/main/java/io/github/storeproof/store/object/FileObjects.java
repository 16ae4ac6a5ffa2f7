package io.github.storeproof.store.object;

import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.disk.Disk;
import io.github.storeproof.store.disk.DiskFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/// Keeps each object in a file. *Thread-safe.* Any number of processes read and write.
///
/// A file is written aside, in `incoming/`, made durable and given its name.
public final class FileObjects implements ObjectStorage {
  private final Path root;
  private final Disk disk;
  private final Object changing = new Object();

  private FileObjects(Path root) {
    this.root = root;
    this.disk = new Disk(root);
  }

  /// The objects below `root`, whose directories are made when they are missing.
  public static FileObjects in(Path root) throws StoreException {
    FileObjects objects = new FileObjects(root);
    try {
      Files.createDirectories(objects.incoming());
      for (ObjectKey.Kind kind : ObjectKey.Kind.values()) {
        Files.createDirectories(root.resolve(kind.directory()));
      }
    } catch (IOException e) {
      throw DiskFailures.of("directories of objects cannot be made", e);
    }
    return objects;
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
    // A lock of a file is the process's: its own threads are kept apart by the other one.
    synchronized (changing) {
      try (FileChannel channel =
              FileChannel.open(
                  root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        return change.make();
      } catch (IOException e) {
        throw DiskFailures.of("store cannot be locked", e);
      }
    }
  }
}
