package io.github.storeproof.ci.bench;

import static io.github.storeproof.ci.bench.Times.best;
import static io.github.storeproof.ci.bench.Times.secondsSince;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.Sha256Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobBatch;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.nar.Nars;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;

/// Prints how fast the NAR of a tree in a store is hashed, as a ratio to the JDK's SHA-256 of the same bytes in one array, by
/// the best of some rounds.
/// What comes from a disk is checked by its BLAKE3 digest on the way. Half of the tree is one file, half are small ones. Arguments: an empty directory, and MiB of the tree.
public final class NarBench {
  private static final int ROUNDS = 5;
  private static final int SMALL_BYTES = 48 << 10;
  private static final int PIECE_BYTES = 1 << 20;

  private final Random random = new Random(1);
  private final long treeBytes;

  private NarBench(long treeBytes) {
    this.treeBytes = treeBytes;
  }

  public static void main(String[] arguments) throws Exception {
    long treeBytes = Long.parseLong(arguments[1]) << 20;
    new NarBench(treeBytes).run(Path.of(arguments[0]));
  }

  private void run(Path directory) throws Exception {
    compare("NAR from memory", new MemoryBlobService(), new MemoryDirectoryService(SizeRule.SNIX));
    try (FileStore store = FileStore.open(directory.resolve("nar-bench"), SizeRule.SNIX)) {
      compare("NAR from file:, verified", store.blobs(), store.directories());
    }
  }

  private void compare(String what, BlobService blobs, DirectoryService directories)
      throws Exception {
    Node root = fill(blobs, directories);
    Nars nars = new Nars(blobs, directories);
    double[] hashing = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    nars.write(root, out, () -> false);
    byte[] nar = out.toByteArray();
    // The first rounds are for the compiler.
    for (int round = -2; round < ROUNDS; round++) {
      long start = System.nanoTime();
      Sha256Digest digest = nars.digest(root, () -> false).digest();
      double seconds = secondsSince(start);
      start = System.nanoTime();
      Sha256Digest wanted = Sha256Digest.of(MessageDigest.getInstance("SHA-256").digest(nar));
      if (!digest.equals(wanted)) {
        throw new IllegalStateException("NAR has digest " + digest + ", want " + wanted);
      }
      if (round >= 0) {
        hashing[round] = seconds;
        bare[round] = secondsSince(start);
      }
    }
    print(what, nar.length / 1e6 / best(hashing), nar.length / 1e6 / best(bare));
  }

  private Node fill(BlobService blobs, DirectoryService directories) throws StoreException {
    Directory.Builder entries = Directory.builder();
    try (BlobBatch batch = blobs.openBatch()) {
      FileNode large = new FileNode(large(batch, treeBytes / 2), treeBytes / 2, false);
      entries.add(PathComponent.of("large"), large);
      for (long i = 0; i < treeBytes / 2 / SMALL_BYTES; i++) {
        B3Digest digest = batch.put(piece(SMALL_BYTES));
        entries.add(
            PathComponent.of("small-%08d".formatted(i)), new FileNode(digest, SMALL_BYTES, false));
      }
      batch.flush();
    }
    Directory directory = entries.build();
    var _ = directories.put(directory);
    return DirectoryNode.of(directory, SizeRule.SNIX);
  }

  private B3Digest large(BlobBatch batch, long sizeBytes) throws StoreException {
    try (BlobWriter writer = batch.openWrite()) {
      for (long at = 0; at < sizeBytes; at += PIECE_BYTES) {
        writer.write(piece((int) Math.min(PIECE_BYTES, sizeBytes - at)));
      }
      return writer.commit();
    }
  }

  private MemorySegment piece(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    random.nextBytes(bytes);
    return MemorySegment.ofArray(bytes);
  }

  private static void print(String what, double narRate, double bareRate) {
    System.out.printf(
        "%-26s %8.0f MB/s   SHA-256 alone   %8.0f MB/s   ratio %.2f%n",
        what, narRate, bareRate, narRate / bareRate);
  }
}
