package io.github.storeproof.store.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.fixtures.TreeNodes;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.nar.Nars;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives of fixtures are imported; the fixture knows by its own ways what comes out.
class ArchiveImportTest {
  private static final SizeRule RULE = SizeRule.SNIX;

  @TempDir private Path directory;

  private final MemoryBlobService blobs = new MemoryBlobService();
  private final MemoryDirectoryService directories = new MemoryDirectoryService(RULE);
  private final MemoryPathInfoService pathInfos = new MemoryPathInfoService();
  private final TreeImporter trees = new TreeImporter(blobs, directories, RULE);
  private final StoreImporter importer = new StoreImporter(trees, pathInfos);

  @AfterEach
  void close() {
    trees.close();
  }

  private static byte[] archive(Tree tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TreeArchive.write(tree, out);
    return out.toByteArray();
  }

  private RawPath file(String name, byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve(name), bytes);
    return RawPath.of(file.toString().getBytes(StandardCharsets.UTF_8));
  }

  private PathInfo add(Tree tree) throws Exception {
    return importer.addArchive(file("tree.nar", archive(tree)));
  }

  @Test
  void everyRootOfTheStandardFixtureHasItsNodeAndItsStorePath() throws Exception {
    Fixture fixture = FixtureCatalog.standard(7);
    for (Map.Entry<StorePath, Tree> root : fixture.roots().entrySet()) {
      TreeArchive wanted = TreeArchive.of(root.getValue());
      if (wanted.sizeBytes() < 1 << 20) {
        PathInfo pathInfo =
            importer.addArchive(file(root.getKey().name() + ".nar", archive(root.getValue())));
        assertThat(pathInfo.node()).isEqualTo(TreeNodes.node(root.getValue(), RULE));
        assertThat(pathInfo.path()).isEqualTo(root.getKey());
        assertThat(pathInfo.narInfo().narSize()).isEqualTo(wanted.sizeBytes());
      }
    }
  }

  @Test
  void contentsAtTheEdgeOfTheBufferComeBack() throws Exception {
    Tree tree =
        Tree.dir()
            .plain("below", Content.random(1, (256 << 10) - 1))
            .plain("edge", Content.random(2, 256 << 10))
            .executable("above", Content.random(3, (256 << 10) + 1))
            .plain("large", Content.random(4, 3_000_001))
            .build();
    PathInfo pathInfo = add(tree);
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    new Nars(blobs, directories).write(pathInfo.node(), copy, () -> false);
    assertThat(copy.toByteArray()).isEqualTo(archive(tree));
  }

  @Test
  void aTreeOfMoreThanAThousandLevelsIsImported() throws Exception {
    Tree deep = FixtureCatalog.deep(1_200);
    assertThat(add(deep).node()).isEqualTo(TreeNodes.node(deep, RULE));
  }

  @Test
  void aCutArchiveIsRefusedByItsFileAndByteAndHasNoStorePath() throws Exception {
    byte[] whole = archive(Tree.dir().plain("file", Content.ofText("content")).build());
    for (int length = 0; length < whole.length; length++) {
      RawPath cut = file("cut.nar", Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> importer.addArchive(cut))
          .isInstanceOf(ImportException.class)
          .hasMessageContaining("cut.nar: NAR at byte ")
          .hasMessageContaining("the archive ends, want");
    }
    assertThat(pathInfos.list().next()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereAndADirectoryAreNamed() {
    RawPath here = RawPath.of(directory.toString().getBytes(StandardCharsets.UTF_8));
    RawPath none = here.child("none.nar".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> importer.addArchive(none))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("none.nar: open: No such file or directory");
    assertThatThrownBy(() -> importer.addArchive(here))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("read: Is a directory");
  }
}
