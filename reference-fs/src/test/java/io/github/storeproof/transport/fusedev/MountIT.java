package io.github.storeproof.transport.fusedev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.TinyTree;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real mounts of the sample tree, by a server in another process:
///
/// ```
/// hello   big (1,000,003 bytes)   mapped (the same)   link -> hello   sub/\xE9   sub/deeper/file
/// wide/e0 …   slow
/// ```
@Timeout(120)
class MountIT {
  private static final Set<String> ROOT_NAMES =
      Set.of("hello", "big", "mapped", "link", "sub", "wide", "slow");

  @Test
  void listsStatsAndReads() throws Exception {
    try (ServerProcess server = ServerProcess.start(10)) {
      assertThat(server.said).isEqualTo("mounted");
      try (Listing listing = new Listing(server.mountPoint, 32768)) {
        assertThat(withoutDots(listing.names())).containsExactlyInAnyOrderElementsOf(ROOT_NAMES);
      }
      assertThat(Files.readString(server.path("hello"))).isEqualTo("hello, world\n");
      assertThat(Files.readAttributes(server.path("hello"), "unix:mode,size,nlink,ino"))
          .containsEntry("mode", 0100444)
          .containsEntry("size", 13L)
          .containsEntry("nlink", 1);
      assertThat(Files.readSymbolicLink(server.path("link"))).isEqualTo(Path.of("hello"));
      assertThat(Files.readString(server.path("link"))).isEqualTo("hello, world\n");
      assertThat(Files.exists(server.path("nothing"))).isFalse();
      assertThat(Files.mismatch(server.path("big"), server.path("mapped"))).isEqualTo(-1);
      assertThat(Files.readAllBytes(server.path("mapped"))).isEqualTo(bigContent());
      try (Listing listing = new Listing(server.path("sub"), 32768)) {
        assertThat(listing.names()).contains("\u00e9", "deeper");
      }
    }
  }

  @Test
  void listsAllOf100000EntriesWithEveryBuffer() throws Exception {
    List<String> want = IntStream.range(0, 100_000).mapToObj(i -> "e" + i).toList();
    try (ServerProcess server = ServerProcess.start(want.size())) {
      for (int bufferBytes : new int[] {128, 280, 1024, 4096, 32768}) {
        try (Listing listing = new Listing(server.path("wide"), bufferBytes)) {
          assertThat(withoutDots(listing.names())).isEqualTo(want);
        }
      }
    }
  }

  @Test
  void seekResumesAtAnyOffsetAndRewindRestarts() throws Throwable {
    try (ServerProcess server = ServerProcess.start(1000);
        Listing listing = new Listing(server.path("wide"), 128)) {
      List<Listing.Item> all = listing.rest();
      assertThat(all.stream().map(Listing.Item::nextOffset)).doesNotHaveDuplicates();
      for (int at : new int[] {999, 0, 500, 501, 17}) {
        listing.seek(all.get(at).nextOffset());
        assertThat(listing.rest()).isEqualTo(all.subList(at + 1, all.size()));
      }
      listing.seek(0);
      assertThat(listing.rest()).isEqualTo(all);
    }
  }

  @Test
  void everythingIsReadOnly() throws Exception {
    try (ServerProcess server = ServerProcess.start(1)) {
      assertThatThrownBy(() -> Files.createFile(server.path("new")))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("Read-only file system");
      assertThatThrownBy(() -> Files.delete(server.path("hello")))
          .hasMessageContaining("Read-only file system");
      assertThatThrownBy(() -> Files.newOutputStream(server.path("hello")))
          .hasMessageContaining("Read-only file system");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-TERM", "-INT"})
  void aSignalUnmountsAndEndsWithZero(String signal) throws Exception {
    try (ServerProcess server = ServerProcess.start(1)) {
      ServerProcess.run("kill", signal, Long.toString(server.process.pid()));

      assertThat(server.exitCode()).isZero();
      assertThat(server.isMounted()).isFalse();
    }
  }

  @Test
  void aSignalEndsAMountThatIsInUse() throws Exception {
    try (ServerProcess server = ServerProcess.start(1);
        InputStream open = Files.newInputStream(server.path("hello"))) {
      ServerProcess.run("kill", "-TERM", Long.toString(server.process.pid()));

      assertThat(server.exitCode()).isZero();
      assertThat(server.isMounted()).isFalse();
      assertThat(open).isNotNull();
    }
  }

  @Test
  void umountFromOutsideEndsWithZero() throws Exception {
    try (ServerProcess server = ServerProcess.start(1)) {
      assertThat(ServerProcess.run("umount", server.mountPoint.toString())).isZero();

      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void aKilledServerLeavesEnotconnAndUmountWorks() throws Exception {
    try (ServerProcess server = ServerProcess.start(1)) {
      server.process.destroyForcibly().waitFor();

      assertThat(isDead(server.mountPoint)).isTrue();
      assertThatThrownBy(() -> mountOn(server.mountPoint))
          .isInstanceOf(MountException.class)
          .hasMessageContaining("dead FUSE mount");
      assertThat(ServerProcess.run("umount", server.mountPoint.toString())).isZero();
      assertThat(isDead(server.mountPoint)).isFalse();
    }
  }

  @Test
  void theGuardUnmountsAfterAKill() throws Exception {
    try (ServerProcess server = ServerProcess.start(1, "auto-unmount")) {
      assertThat(server.said).isEqualTo("mounted");
      server.process.destroyForcibly().waitFor();

      for (int i = 0; i < 100 && server.isMounted(); i++) {
        Thread.sleep(50);
      }
      assertThat(server.isMounted()).isFalse();
    }
  }

  @Test
  void whoWaitsForAStoreCanBeKilledAndHoldsUpNobody() throws Exception {
    try (ServerProcess server = ServerProcess.start(1)) {
      Process reader =
          new ProcessBuilder("cat", server.path("slow").toString())
              .redirectErrorStream(true)
              .start();
      try {
        assertThat(Files.readString(server.path("hello"))).isEqualTo("hello, world\n");
        assertThat(reader.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        reader.destroyForcibly();
        assertThat(reader.waitFor(20, TimeUnit.SECONDS)).isTrue();
      } finally {
        reader.destroyForcibly();
      }
      assertThat(Files.readString(server.path("hello"))).isEqualTo("hello, world\n");
    }
  }

  @Test
  void twoLoopsServeOneMount() throws Exception {
    try (ServerProcess server = ServerProcess.start(100, "two-loops")) {
      byte[] want = bigContent();
      IntStream.range(0, 8)
          .parallel()
          .forEach(
              i -> assertThat(read(server.path(i % 2 == 0 ? "big" : "mapped"))).isEqualTo(want));
      ServerProcess.run("kill", "-TERM", Long.toString(server.process.pid()));
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void anotherUserMountsThroughFusermount() throws Exception {
    try (ServerProcess server = ServerProcess.startAsNobody(1)) {
      assertThat(server.said).isEqualTo("mounted");
      assertThat(
              server.runBeside(
                  "cmp", server.path("big").toString(), server.path("mapped").toString()))
          .isZero();
      assertThat(server.runBeside("test", "-w", server.mountPoint.toString())).isNotZero();
      ServerProcess.run("kill", "-TERM", Long.toString(server.process.pid()));
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void aNotificationMakesAnAddedNameVisible() throws Exception {
    TinyTree tree = TinyTree.sample(1);
    Path mountPoint = Files.createTempDirectory("fuse-it-");
    try (Mount mount = mountOn(mountPoint, tree)) {
      assertThat(Files.exists(mountPoint.resolve("late"))).isFalse();
      try (Listing listing = new Listing(mountPoint, 4096)) {
        assertThat(listing.names()).doesNotContain("late");
      }
      tree.file(FuseOperations.ROOT_ID, "late", new byte[7]);
      assertThat(Files.exists(mountPoint.resolve("late"))).isFalse();

      mount.notifier().entryChanged(FuseOperations.ROOT_ID, Program.bytes("late"));

      assertThat(Files.size(mountPoint.resolve("late"))).isEqualTo(7);
      try (Listing listing = new Listing(mountPoint, 4096)) {
        assertThat(listing.names()).contains("late");
      }
      mount.notifier().entryChanged(FuseOperations.ROOT_ID, Program.bytes("never seen"));
      mount.notifier().nodeChanged(12345);
    } finally {
      Files.delete(mountPoint);
    }
  }

  @Test
  void abortEndsTheMountAndItsReaders() throws Exception {
    Path mountPoint = Files.createTempDirectory("fuse-it-");
    try (Mount mount = mountOn(mountPoint, TinyTree.sample(1))) {
      mount.abort();
      assertThat(mount.awaitUnmounted(Duration.ofSeconds(10))).isTrue();
    } finally {
      Files.delete(mountPoint);
    }
  }

  @Test
  void unusableMountPointsAreRefusedWithTheReason() throws Exception {
    Path directory = Files.createTempDirectory("fuse-it-");
    Path file = Files.createFile(directory.resolve("file\n"));
    try {
      assertThatThrownBy(() -> mountOn(directory.resolve("missing")))
          .isInstanceOf(MountException.class)
          .hasMessage("mount point %s/missing does not exist", directory);
      assertThatThrownBy(() -> mountOn(directory))
          .hasMessage(
              "mount point %s is not empty: it has file\\x0A, want an empty directory", directory);
      assertThatThrownBy(() -> mountOn(file)).hasMessageContaining("is not a directory");
      assertThatThrownBy(() -> mountOn(file.resolve("below")))
          .hasMessageContaining("is not a directory");
    } finally {
      Files.delete(file);
      Files.delete(directory);
    }
    try (ServerProcess server = ServerProcess.start(1)) {
      assertThatThrownBy(() -> mountOn(server.mountPoint))
          .hasMessageContaining("has something mounted on it already");
      assertThat(server.isMounted()).isTrue();
    }
  }

  private static Mount mountOn(Path mountPoint) throws MountException {
    return mountOn(mountPoint, new TinyTree());
  }

  private static Mount mountOn(Path mountPoint, TinyTree tree) throws MountException {
    return Mount.mount(MountOptions.at(Program.bytes(mountPoint.toString())), tree);
  }

  private static boolean isDead(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      return FileStatus.isDead(new Libc(arena), arena, Program.bytes(path.toString()));
    }
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bigContent() {
    byte[] content = new byte[1_000_003];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31);
    }
    return content;
  }

  private static List<String> withoutDots(List<String> names) {
    return names.stream().filter(name -> !name.equals(".") && !name.equals("..")).toList();
  }
}
