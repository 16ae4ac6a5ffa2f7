package io.github.storeproof.ci.bench;

import static io.github.storeproof.ci.bench.Times.median;
import static io.github.storeproof.ci.bench.Times.secondsSince;

import com.google.protobuf.ByteString;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.file.FileStore;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Prints how fast a durable store behind a unix socket is, as ratios to the same calls of stores that do
/// nothing. Arguments: an empty directory on the disk to measure, and MiB of the large blob.
public final class StoreBench {
  private static final int ROUNDS = 3;
  private static final int CALLS = 20_000;
  private static final int WARM_UP_BYTES = 64 << 20;

  private final PrintStream out;
  private final long blobBytes;
  private final Random random = new Random();

  private StoreBench(PrintStream out, long blobBytes) {
    this.out = out;
    this.blobBytes = blobBytes;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    long blobBytes = Long.parseLong(arguments[1]) << 20;
    new StoreBench(System.out, blobBytes).run(directory);
  }

  private void run(Path directory) throws Exception {
    Path sockets = Files.createTempDirectory("bench");
    MemoryDirectoryService none = new MemoryDirectoryService(SizeRule.SNIX);
    try (FileStore store = FileStore.open(directory.resolve("store"), SizeRule.SNIX);
        ServedBench real =
            new ServedBench(sockets.resolve("real"), store.blobs(), store.directories());
        ServedBench nothing =
            new ServedBench(sockets.resolve("nothing"), new NoBlobs(blobBytes), none)) {
      blobs(real, nothing);
      directories(real);
    } finally {
      Files.delete(sockets);
    }
  }

  private void blobs(ServedBench real, ServedBench nothing) throws Exception {
    ByteString warm = real.put(WARM_UP_BYTES, random);
    long _ = real.read(warm);
    long _ = nothing.read(nothing.put(WARM_UP_BYTES, random));
    double[] puts = new double[ROUNDS];
    double[] reads = new double[ROUNDS];
    double[] nothingPuts = new double[ROUNDS];
    double[] nothingReads = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      ByteString none = nothing.put(blobBytes, random);
      nothingPuts[i] = secondsSince(start);
      start = System.nanoTime();
      ByteString digest = real.put(blobBytes, random);
      puts[i] = secondsSince(start);
      start = System.nanoTime();
      long _ = nothing.read(none);
      nothingReads[i] = secondsSince(start);
      start = System.nanoTime();
      long _ = real.read(digest);
      reads[i] = secondsSince(start);
    }
    print("Put, MB/s", rate(puts), rate(nothingPuts));
    print("Read, MB/s", rate(reads), rate(nothingReads));
  }

  private double rate(double[] seconds) {
    return blobBytes / 1e6 / median(seconds);
  }

  private void directories(ServedBench real) throws Exception {
    Directory small =
        Directory.builder()
            .add(PathComponent.of("link"), new SymlinkNode(SymlinkTarget.of("target")))
            .build();
    real.check(CALLS);
    real.get(small, CALLS);
    double[] gets = new double[ROUNDS];
    double[] checks = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      real.check(CALLS);
      checks[i] = secondsSince(start);
      start = System.nanoTime();
      real.get(small, CALLS);
      gets[i] = secondsSince(start);
    }
    print("Get of a directory, 1/s", CALLS / median(gets), CALLS / median(checks));
  }

  private void print(String what, double seen, double base) {
    out.printf("%-26s %10.0f   doing nothing %10.0f   ratio %.2f%n", what, seen, base, seen / base);
  }
}
