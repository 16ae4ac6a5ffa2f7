package io.github.storeproof.store.file;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// The file that says what a directory is: `version`.
///
/// @param text what it says
/// @param ownNames what a directory without it may have to be taken for a store
record StoreVersion(String text, Set<String> ownNames) {
  /// The embedded store.
  static final StoreVersion EMBEDDED = new StoreVersion("storeproof store 1\n", Set.of());

  /// A store of objects; those of others have no such file.
  static final StoreVersion OBJECTS =
      new StoreVersion("storeproof object store 1\n", Set.of("blobs", "chunks", "dirs"));

  private static final String NAME = "version";
  private static final int MOST_BYTES = 100;

  /// Checks that the directory is a store of this version, or makes it one when it is empty.
  void check(Path directory) throws StoreException {
    try {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw refused(directory, "is a file, want a directory");
      }
      Files.createDirectories(directory);
      if (!isOfThisVersion(directory)) {
        make(directory);
      }
      if (!Files.isWritable(directory)) {
        throw new StoreException(
            StoreFailure.DENIED, "store " + directory + " is not writable, want one that is");
      }
    } catch (AccessDeniedException e) {
      throw new StoreException(
          StoreFailure.DENIED, "store " + directory + ": " + e.getFile() + " is not accessible", e);
    } catch (IOException e) {
      String reason = e instanceof FileSystemException refused ? refused.getReason() : null;
      throw new StoreException(
          StoreFailure.IO,
          "store " + directory + " cannot be opened: " + (reason == null ? e : reason),
          e);
    }
  }

  private boolean isOfThisVersion(Path directory) throws IOException, StoreException {
    String seen;
    try {
      byte[] bytes = Files.readAllBytes(directory.resolve(NAME));
      seen = new String(bytes, 0, Math.min(bytes.length, MOST_BYTES), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return false;
    }
    if (!seen.equals(text)) {
      throw refused(directory, "is of version '" + seen.strip() + "', want '" + text.strip() + "'");
    }
    return true;
  }

  private void make(Path directory) throws IOException, StoreException {
    try (Stream<Path> entries = Files.list(directory)) {
      // What a process has left that was killed while it made a store, and what a new disk has.
      boolean isEmpty =
          entries
              .map(entry -> entry.getFileName().toString())
              .allMatch(name ->
                  name.startsWith(NAME) || name.equals("lost+found") || ownNames.contains(name));
      // Another process may have made it one meanwhile.
      if (!isEmpty && !isOfThisVersion(directory)) {
        throw refused(directory, "has no file 'version', want an empty directory or a store");
      }
    }
    Path file = directory.resolve(NAME + "." + UUID.randomUUID());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(file, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static StoreException refused(Path directory, String what) {
    return new StoreException(StoreFailure.REFUSED, "store " + directory + " " + what);
  }
}
