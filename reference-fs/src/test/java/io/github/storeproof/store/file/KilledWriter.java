package io.github.storeproof.store.file;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Sha256Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreSink;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.directory.DirectoryWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// A process that fills a store and says what was acknowledged, the name of a store path a line, until it
/// is killed.
///
/// Each path info has a directory with a directory and a blob in it.
public final class KilledWriter {
  private static final int THREADS = 3;
  private static final int MOST_BYTES = 200_000;
  private static final PathComponent NAME = PathComponent.of("name");

  private KilledWriter() {}

  /// @param arguments the kind of store, its directory, and a seed
  public static void main(String[] arguments) throws StoreException {
    Path directory = Path.of(arguments[1]);
    fill(
        switch (arguments[0]) {
          case "file" -> of(FileStore.open(directory, SizeRule.SNIX));
          case "objectstore" -> of(ObjectStore.open(directory, SizeRule.SNIX));
          default -> throw new IllegalArgumentException("no store is called " + arguments[0]);
        },
        Long.parseLong(arguments[2]));
  }

  private static StoreSink of(FileStore store) {
    return new StoreSink(store.blobs(), store.directories(), store.pathInfos());
  }

  private static StoreSink of(ObjectStore store) {
    return new StoreSink(store.blobs(), store.directories(), store.pathInfos());
  }

  /// Fills it on threads of their own.
  public static void fill(StoreSink store, long seed) {
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed * THREADS + i);
      Thread.ofPlatform().start(() -> fill(store, random));
    }
  }

  private static void fill(StoreSink store, Random random) {
    try {
      while (true) {
        StorePath path = put(store, random);
        System.out.println(path.basename());
        System.out.flush();
      }
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  private static StorePath put(StoreSink store, Random random) throws StoreException {
    byte[] bytes = new byte[1 + random.nextInt(MOST_BYTES)];
    random.nextBytes(bytes);
    B3Digest blob =
        random.nextBoolean() ? putAlone(store, bytes) : putInBatch(store, bytes, random);
    Directory inner =
        Directory.builder().add(NAME, new FileNode(blob, bytes.length, false)).build();
    Directory outer = Directory.builder().add(NAME, DirectoryNode.of(inner, SizeRule.SNIX)).build();
    try (DirectoryWriter writer = store.directories().putMultiple()) {
      writer.put(inner);
      writer.put(outer);
      writer.commit();
    }
    byte[] digest = new byte[StorePath.DIGEST_LENGTH_BYTES];
    random.nextBytes(digest);
    StorePath path = StorePath.of(digest, "killed");
    store
        .pathInfos()
        .put(
            new PathInfo(
                path,
                DirectoryNode.of(outer, SizeRule.SNIX),
                List.of(),
                NarInfo.of(0, Sha256Digest.of(new byte[32]))));
    return path;
  }

  private static B3Digest putAlone(StoreSink store, byte[] bytes) throws StoreException {
    try (BlobWriter writer = store.blobs().openWrite()) {
      writer.write(MemorySegment.ofArray(bytes));
      return writer.commit();
    }
  }

  private static B3Digest putInBatch(StoreSink store, byte[] bytes, Random random)
      throws StoreException {
    try (BlobBatch batch = store.blobs().openBatch()) {
      B3Digest digest = batch.put(MemorySegment.ofArray(bytes));
      for (int i = 0; i < 20; i++) {
        byte[] other = new byte[random.nextInt(100)];
        random.nextBytes(other);
        batch.put(MemorySegment.ofArray(other));
      }
      batch.flush();
      return digest;
    }
  }
}
