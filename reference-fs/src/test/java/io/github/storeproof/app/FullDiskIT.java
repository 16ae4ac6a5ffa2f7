package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.grpc.StoreChannel;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.GrpcBlobService;
import io.github.storeproof.store.directory.GrpcDirectoryService;
import io.github.storeproof.store.remote.RemoteStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A daemon whose store is on a small disk, in a mount namespace of its own:
///
/// ```
/// disk/filler   4 MiB, which somebody removes in the end
/// disk/store    what is left of 8 MiB
/// ```
@Timeout(300)
class FullDiskIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int MOST_PUTS = 10_000;
  private static final String ON_A_SMALL_DISK =
      "mount -t tmpfs -o size=8m none \"$0\" && head -c 4m /dev/zero >\"$0/filler\" && exec \"$@\"";

  @TempDir private Path directory;

  private final Random random = new Random(1);
  private Process daemon;

  @AfterEach
  void end() throws InterruptedException {
    daemon.destroy();
    daemon.waitFor();
  }

  private String store() {
    return "file://" + directory.resolve("disk/store");
  }

  private void start(Path socket) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    List<String> command =
        new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", ON_A_SMALL_DISK, disk.toString()));
    command.addAll(
        CastoreProcess.castore("daemon", "-l", "unix:" + socket, "--store-addr", store()));
    daemon =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(directory.resolve("daemon.log").toFile())
            .start();
    while (!Files.exists(socket)) {
      assertThat(daemon.isAlive()).as(Files.readString(directory.resolve("daemon.log"))).isTrue();
      Thread.sleep(20);
    }
  }

  @Test
  void whatWasPutStaysReadableAndTheServerGoesOnWhenThereIsSpaceAgain() throws Exception {
    Path socket = directory.resolve("socket");
    start(socket);
    try (StoreChannel channel = new StoreChannel(UnixDomainSocketAddress.of(socket), "localhost")) {
      RemoteStore remote = new RemoteStore(channel.channel(), DEADLINE);
      GrpcBlobService blobs = new GrpcBlobService(remote);
      GrpcDirectoryService directories = new GrpcDirectoryService(remote);
      B3Digest first = blobs.put(blob(100_000));
      fill(() -> blobs.put(blob(200_000)));
      fill(() -> blobs.put(blob(100)));
      fill(() -> directories.put(link(random.nextLong())));
      assertThat(sizeOf(blobs, first)).isEqualTo(100_000);
      assertThat(castore("verify")).contains("0 problems");

      Files.delete(Path.of("/proc/" + daemon.pid() + "/root", directory + "/disk/filler"));
      assertThat(sizeOf(blobs, blobs.put(blob(200_000)))).isEqualTo(200_000);
      Directory small = link(0);
      assertThat(directories.get(directories.put(small))).contains(small);
    }
  }

  /// Puts something until there is no space left for it.
  private static void fill(Put put) {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < MOST_PUTS; i++) {
                put.make();
              }
            })
        .hasMessageContaining("No space left on device")
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.FULL));
  }

  private interface Put {
    void make() throws StoreException;
  }

  private MemorySegment blob(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    random.nextBytes(bytes);
    return MemorySegment.ofArray(bytes);
  }

  private static Directory link(long number) {
    String target = Long.toString(number).repeat(100);
    return Directory.builder()
        .add(PathComponent.of("link"), new SymlinkNode(SymlinkTarget.of(target)))
        .build();
  }

  private static long sizeOf(GrpcBlobService blobs, B3Digest digest) throws StoreException {
    try (BlobReader reader = blobs.openRead(digest).orElseThrow()) {
      byte[] bytes = new byte[(int) reader.size()];
      return reader.read(0, MemorySegment.ofArray(bytes));
    }
  }

  /// What a command prints that runs beside the daemon.
  private String castore(String command) throws IOException {
    String words = String.join(" ", CastoreProcess.castore(command, "--store-addr", store()));
    return Shell.run("nsenter -t " + daemon.pid() + " -U -m --preserve-credentials " + words);
  }
}
