package io.github.storeproof.store.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeNodes;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fixtures are installed on disk and imported; the fixture knows by its own ways what comes out.
class TreeImporterTest {
  private static final SizeRule RULE = SizeRule.SNIX;

  @TempDir private Path directory;

  private final MemoryBlobService blobs = new MemoryBlobService();
  private final MemoryDirectoryService directories = new MemoryDirectoryService(RULE);
  private final TreeImporter trees = new TreeImporter(blobs, directories, RULE);
  private final StoreImporter importer = new StoreImporter(trees, new MemoryPathInfoService());

  @AfterEach
  void close() throws Exception {
    trees.close();
    FixtureInstaller.remove(directory.resolve("roots"));
  }

  @Test
  void everyRootOfTheStandardFixtureHasItsNodeAndItsStorePath() throws Exception {
    assertImports(FixtureCatalog.standard(7));
  }

  @Test
  void aPathOfMoreThanAThousandLevelsNeedsNeitherStackNorDescriptors() throws Exception {
    assertImports(Fixture.of("deep", "deep", FixtureCatalog.deep(1_200)));
  }

  @Test
  void namesOfManyBytesAtManyLevelsMakeAPathLongerThanTheKernelTakes() throws Exception {
    Tree.Dir tree = Tree.dir().plain("bottom", Content.ofText("here")).build();
    for (int i = 0; i < 100; i++) {
      tree = Tree.dir().add("n".repeat(255), tree).build();
    }
    assertImports(Fixture.of("long", "long", tree));
  }

  @Test
  void aWideDirectoryIsImported() throws Exception {
    assertImports(Fixture.of("wide", "wide", FixtureCatalog.wide(3_000)));
  }

  @Test
  void filesLargerThanTheBufferAreImported() throws Exception {
    Tree.Dir tree =
        Tree.dir()
            .plain("large", Content.random(1, (9 << 20) + 1))
            .plain("holes", Content.sparse(70 << 20, Map.of(5_000_000L, new byte[] {1})))
            .executable("edge", Content.random(2, 1 << 20))
            .build();
    assertImports(Fixture.of("large", "large", tree));
  }

  @Test
  void aFifoIsRefusedByItsPath() throws Exception {
    Path fifo = Files.createDirectory(directory.resolve("sub")).resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertRefused(directory, fifo + ": is a fifo, want a directory, a regular file or a symlink");
  }

  @Test
  void aSocketIsRefusedByItsPath() throws Exception {
    Path socket = directory.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertRefused(directory, socket + ": is a socket");
    }
  }

  @Test
  void aDeviceIsRefusedByItsPath() {
    assertRefused(Path.of("/dev/null"), "/dev/null: is a character device");
  }

  @Test
  void aMissingPathIsRefused() {
    assertRefused(directory.resolve("none"), "none: stat: No such file or directory");
  }

  @Test
  void aFileThatGrowsWithoutEndIsRefused() {
    // The kernel states a size of 0 for it, or one that is not its length.
    assertRefused(Path.of("/proc/self/status"), "changed while it was imported: its size was 0");
  }

  @Test
  void afterARefusalTheImporterGoesOn() throws Exception {
    Files.createDirectory(directory.resolve("a"));
    for (int i = 0; i < 200; i++) {
      Files.write(directory.resolve("a").resolve("f" + i), new byte[i * 1000]);
    }
    Path fifo = directory.resolve("b");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertRefused(directory, "is a fifo");
    Files.delete(fifo);
    assertThat(trees.importTree(raw(directory)).narSizeBytes()).isPositive();
  }

  @Test
  void aNameThatNoStorePathCanHaveIsRefusedBeforeAnythingIsRead() {
    assertThatThrownBy(
            () -> importer.add(RawPath.of("/no/such path".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("/no/such path: store path name \"such path\" has a bad character");
  }

  @Test
  void aTreeCanBeNamedBySomebodyElse() throws Exception {
    StorePath path = StorePath.of(new byte[20], "given");
    Files.writeString(directory.resolve("file"), "content");
    PathInfo pathInfo = importer.addAs(raw(directory.resolve("file")), path);
    assertThat(pathInfo.path()).isEqualTo(path);
    assertThat(pathInfo.narInfo().contentAddress()).isEmpty();
  }

  private void assertImports(Fixture fixture) throws Exception {
    Path roots = directory.resolve("roots");
    FixtureInstaller.install(fixture, roots);
    for (Map.Entry<StorePath, Tree> root : fixture.roots().entrySet()) {
      ImportedTree tree = trees.importTree(raw(roots.resolve(root.getKey().basename())));
      assertThat(tree.node()).isEqualTo(TreeNodes.node(root.getValue(), RULE));
      assertThat(StorePath.ofNar(tree.narSha256().toBytes(), root.getKey().name()))
          .isEqualTo(root.getKey());
    }
  }

  private void assertRefused(Path path, String messagePart) {
    assertThatThrownBy(() -> trees.importTree(raw(path)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining(messagePart);
  }

  private static RawPath raw(Path path) {
    return RawPath.of(path.toString().getBytes(StandardCharsets.UTF_8));
  }
}
