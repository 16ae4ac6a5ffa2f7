package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.OutboardHasher;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.disk.AbandonedFiles;
import io.github.storeproof.store.index.Index;
import io.github.storeproof.store.index.Table;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is done to the blobs of files besides putting and reading them: removing and mending.
/// *Thread-safe.*
public final class BlobUpkeep {
  private static final int READ_BYTES = 1 << 20;
  private static final int REMOVED_TOGETHER = 512;
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  private final BlobFiles files;
  private final Index index;

  BlobUpkeep(BlobFiles files, Index index) {
    this.files = files;
    this.index = index;
  }

  /// Takes a blob out of the index; its file stays until [#removeUnknownFiles].
  public static void forget(Index.Writer writer, B3Digest blob) throws StoreException {
    FileChunks.forget(writer, blob);
    writer.remove(Table.BLOBS, blob.toBytes());
  }

  /// Removes files that the index does not know, and what was left in the middle of being written.
  ///
  /// @param untilMillis when such a file was last written, at most
  /// @return how many bytes they had
  public long removeUnknownFiles(long untilMillis) throws StoreException {
    try {
      long freedBytes = AbandonedFiles.remove(files.incoming(), untilMillis);
      try (DirectoryStream<Path> shards = Files.newDirectoryStream(files.blobs())) {
        for (Path shard : shards) {
          freedBytes += removeUnknown(shard);
        }
      }
      return freedBytes;
    } catch (IOException e) {
      throw BlobFiles.failure("files of blobs cannot be removed", e);
    }
  }

  private long removeUnknown(Path shard) throws IOException, StoreException {
    List<B3Digest> unknown = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(shard)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (NAME.matcher(name).matches()) {
          B3Digest digest = B3Digest.of(HexFormat.of().parseHex(name));
          if (!index.read(reader -> isKnown(reader, digest))) {
            unknown.add(digest);
          }
        }
      }
    }
    long freedBytes = 0;
    for (int from = 0; from < unknown.size(); from += REMOVED_TOGETHER) {
      List<B3Digest> some =
          unknown.subList(from, Math.min(unknown.size(), from + REMOVED_TOGETHER));
      freedBytes += index.change(writer -> remove(writer, some));
    }
    return freedBytes;
  }

  private static boolean isKnown(Index.Reader reader, B3Digest digest) throws StoreException {
    return reader.has(Table.BLOBS, digest.toBytes());
  }

  /// Within a change: nobody can enter one of them meanwhile.
  private long remove(Index.Reader reader, List<B3Digest> digests) throws StoreException {
    long freedBytes = 0;
    try {
      for (B3Digest digest : digests) {
        if (!isKnown(reader, digest)) {
          long sizeBytes = Files.size(files.of(digest));
          freedBytes += Files.deleteIfExists(files.of(digest)) ? sizeBytes : 0;
        }
      }
    } catch (IOException e) {
      throw BlobFiles.failure("files of blobs cannot be removed", e);
    }
    return freedBytes;
  }

  /// Mends a blob that cannot be read: its record where the file is right, otherwise it is forgotten,
  /// so that it can be put again.
  ///
  /// @return whether the blob is still there
  public boolean mend(B3Digest digest, long nowMillis) throws StoreException {
    OutboardHasher hasher = new OutboardHasher();
    long sizeBytes = 0;
    boolean isRight = false;
    try (FileChannel channel = FileChannel.open(files.of(digest), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
      for (int count = channel.read(buffer); count > 0; count = channel.read(buffer.clear())) {
        hasher.update(MemorySegment.ofArray(buffer.array()).asSlice(0, count));
        sizeBytes += count;
      }
      isRight = true;
    } catch (NoSuchFileException _) {
      // It is forgotten below.
    } catch (IOException e) {
      throw BlobFiles.failure("blob " + digest + " cannot be read", e);
    }
    OutboardHasher.Hashed hashed = hasher.finish();
    boolean stays = isRight && hashed.digest().equals(digest);
    BlobRecord right = new BlobRecord(sizeBytes, nowMillis, hashed.outboard());
    return index.change(writer -> mend(writer, digest, stays ? right.toBytes() : null));
  }

  private static boolean mend(Index.Writer writer, B3Digest digest, byte @Nullable [] right)
      throws StoreException {
    if (right == null) {
      forget(writer, digest);
      return false;
    }
    writer.put(Table.BLOBS, digest.toBytes(), right);
    return true;
  }

  /// The record of an entry of the index.
  public static BlobRecord record(Index.Entry entry) throws StoreException {
    if (entry.key().length != B3Digest.LENGTH_BYTES) {
      throw new StoreException(
          StoreFailure.CORRUPT, "index has a blob with a key of " + entry.key().length + " bytes");
    }
    return BlobRecord.of(B3Digest.of(entry.key()), entry.value());
  }
}
