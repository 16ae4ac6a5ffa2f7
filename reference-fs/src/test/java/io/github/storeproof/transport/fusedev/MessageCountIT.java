package io.github.storeproof.transport.fusedev;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.TinyTree;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How many questions the kernel asks: each costs some 9 µs, so this is what speed depends on.
///
/// ```
/// hello   big (1,000,003 bytes)   link -> hello   wide/e0 … e299   …
/// ```
@Timeout(60)
class MessageCountIT {
  /// What the session asks on its own account.
  private static final Set<String> NO_MESSAGES =
      Set.of("mayBlock", "content", "answer", "initFlags");

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private Path mountPoint = Path.of("/");
  private Mount mount;

  @BeforeEach
  void mount() throws Exception {
    mountPoint = Files.createTempDirectory("fuse-it-");
    mount =
        Mount.mount(
            MountOptions.at(Program.bytes(mountPoint.toString())), counting(TinyTree.sample(300)));
    assertThat(Files.isDirectory(mountPoint)).isTrue(); // the root's attributes, once in a mount
    counts.clear();
  }

  @AfterEach
  void unmount() throws IOException {
    mount.close();
    Files.delete(mountPoint);
  }

  @Test
  void aMissingNameIsAskedForOnce() {
    for (int i = 0; i < 10; i++) {
      assertThat(Files.exists(mountPoint.resolve("missing"))).isFalse();
    }
    assertThat(counts).isEqualTo(Map.of("lookup", 1));
  }

  @Test
  void openAndCloseCostNothingAfterTheFirst() throws IOException {
    for (int i = 0; i < 10; i++) {
      Files.newInputStream(mountPoint.resolve("hello")).close();
    }
    assertThat(counts).isEqualTo(Map.of("lookup", 1, "open", 1));
  }

  @Test
  void contentIsReadOnceAndInLargePieces() throws IOException {
    for (int i = 0; i < 3; i++) {
      Files.readAllBytes(mountPoint.resolve("big"));
    }
    assertThat(counts.get("lookup")).isEqualTo(1);
    assertThat(counts.get("read")).isBetween(1, 16);
    assertThat(counts).doesNotContainKeys("getattr", "release", "access");
  }

  @Test
  void aTargetIsReadOnce() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(Files.readSymbolicLink(mountPoint.resolve("link"))).hasToString("hello");
    }
    assertThat(counts).isEqualTo(Map.of("lookup", 1, "readlink", 1));
  }

  @Test
  void listingWithAttributesAsksForNoAttribute() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (var entries = Files.list(mountPoint.resolve("wide"))) {
        assertThat(entries.mapToLong(MessageCountIT::sizeBytes).sum()).isZero();
      }
    }
    assertThat(counts).containsEntry("lookup", 1);
    assertThat(counts.get("readdirplus")).isBetween(2, 20);
    assertThat(counts).doesNotContainKeys("getattr", "readdir", "releasedir");
  }

  private static long sizeBytes(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private FuseOperations counting(FuseOperations operations) {
    return (FuseOperations)
        Proxy.newProxyInstance(
            FuseOperations.class.getClassLoader(),
            new Class<?>[] {FuseOperations.class},
            (proxy, method, arguments) -> {
              if (!NO_MESSAGES.contains(method.getName())) {
                counts.merge(method.getName(), 1, Integer::sum);
              }
              try {
                return method.invoke(operations, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
