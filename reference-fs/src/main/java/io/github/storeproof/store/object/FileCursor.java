package io.github.storeproof.store.object;

import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.disk.DiskFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Goes through the files of one kind of object, with the names of one directory in memory. *Confined.*
final class FileCursor implements Cursor<ObjectKey> {
  private final ObjectKey.Kind kind;
  private final Deque<Path> directories = new ArrayDeque<>();
  private final Deque<Path> files = new ArrayDeque<>();

  FileCursor(ObjectKey.Kind kind, Path directory) throws StoreException {
    this.kind = kind;
    directories.addAll(kind.isSharded() ? entries(directory) : List.of(directory));
  }

  private static List<Path> entries(Path directory) throws StoreException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException e) {
      throw DiskFailures.of("objects cannot be listed", e);
    } catch (UncheckedIOException e) {
      throw DiskFailures.of("objects cannot be listed", Objects.requireNonNull(e.getCause()));
    }
  }

  @Override
  public Optional<ObjectKey> next() throws StoreException {
    while (files.isEmpty()) {
      Path directory = directories.poll();
      if (directory == null) {
        return Optional.empty();
      }
      files.addAll(entries(directory));
    }
    return Optional.of(new ObjectKey(kind, files.remove().getFileName().toString()));
  }

  @Override
  public void close() {
    directories.clear();
    files.clear();
  }
}
