package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.disk.Disk;
import io.github.storeproof.store.disk.DiskFailures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// The files of blobs: `blobs/<2 hex>/<64 hex>`, and those that are being written: `incoming/*`.
///
/// A file gets its name when it is complete and on the disk. *Thread-safe.*
final class BlobFiles {
  private static final int SHARD_CHARS = 2;
  private static final int COMPARED_BYTES = 64 << 10;

  private final Path blobs;
  private final Path incoming;
  private final Disk disk;
  // That of no other process: with it a number is enough for each file.
  private final String ownName = UUID.randomUUID().toString();
  private final AtomicLong newCount = new AtomicLong();

  private BlobFiles(Path root) {
    blobs = root.resolve("blobs");
    incoming = root.resolve("incoming");
    disk = new Disk(root);
  }

  /// The files below `root`, whose directories are made when they are missing.
  static BlobFiles in(Path root) throws StoreException {
    BlobFiles files = new BlobFiles(root);
    try {
      Files.createDirectories(files.blobs);
      Files.createDirectories(files.incoming);
    } catch (IOException e) {
      throw failure("directories of blobs cannot be made", e);
    }
    return files;
  }

  Path blobs() {
    return blobs;
  }

  Path incoming() {
    return incoming;
  }

  Path of(B3Digest digest) {
    String hex = digest.hex();
    return blobs.resolve(hex.substring(0, SHARD_CHARS)).resolve(hex);
  }

  /// A new name for a file that is being written.
  Path newIncoming() {
    return incoming.resolve(ownName + '-' + newCount.incrementAndGet());
  }

  /// Writes a new file, which nothing has made durable yet.
  Path write(ByteBuffer content) throws StoreException {
    Path file = newIncoming();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        int _ = channel.write(content);
      }
      return file;
    } catch (IOException e) {
      discard(file);
      throw failure("blob cannot be written", e);
    }
  }

  /// Removes a file that is being written.
  static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It is in nobody's way, and goes with the next collection of garbage.
    }
  }

  /// Gives complete files, which are on the disk, their names. The directories are not durable yet.
  void place(Path file, B3Digest digest) throws IOException {
    if (Disk.place(file, of(digest))) {
      disk.syncNames(List.of(blobs));
    }
  }

  /// Makes the content of files durable.
  void syncContent(Collection<Path> files) throws IOException {
    disk.syncContent(files);
  }

  /// Makes the names of blobs durable.
  void syncNames(Collection<B3Digest> digests) throws IOException {
    disk.syncNames(
        digests.stream().map(digest -> of(digest).resolveSibling("")).distinct().toList());
  }

  /// Has the kernel write what waits in its memory, on a disk that it knows.
  void writeBack() throws IOException {
    disk.writeBack();
  }

  /// Whether the blob's file has just these bytes.
  boolean hasContent(B3Digest digest, ByteBuffer content) throws IOException {
    try (FileChannel channel = FileChannel.open(of(digest), StandardOpenOption.READ)) {
      if (channel.size() != content.remaining()) {
        return false;
      }
      ByteBuffer piece = ByteBuffer.allocate(COMPARED_BYTES);
      while (content.hasRemaining()) {
        piece.clear();
        int count = channel.read(piece);
        if (count <= 0 || !piece.flip().equals(content.slice(content.position(), count))) {
          return false;
        }
        content.position(content.position() + count);
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// Whether the blob's file and another one are the same, byte by byte.
  boolean hasContentOf(B3Digest digest, Path other) throws IOException {
    try {
      return Files.mismatch(of(digest), other) == -1;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static StoreException failure(String what, IOException e) {
    return DiskFailures.of(what, e);
  }
}
