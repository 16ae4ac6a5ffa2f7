package io.github.storeproof.store.nar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArbitrary;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.fixtures.TreeNodes;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.StoreSink;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Lengths and parts of NARs against whole ones, which the fixtures' own writer makes of trees.
final class NarsTest {
  private static final int SLICES = 30;

  private final MemoryBlobService blobs = new MemoryBlobService();
  private final MemoryDirectoryService directories = new MemoryDirectoryService(SizeRule.SNIX);
  private final Nars nars = new Nars(blobs, directories);

  private Node put(Tree tree) throws StoreException {
    new StoreSink(blobs, directories, new MemoryPathInfoService())
        .fill(Fixture.of("nars", "tree", tree));
    return TreeNodes.node(tree, SizeRule.SNIX);
  }

  private static byte[] archive(Tree tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TreeArchive.write(tree, out);
    return out.toByteArray();
  }

  private byte[] slice(Node root, long offset, long length) throws StoreException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    nars.writeSlice(root, offset, length, out, () -> false);
    return out.toByteArray();
  }

  @Provide
  static Arbitrary<Tree.Dir> trees() {
    return TreeArbitrary.trees();
  }

  @Property(tries = 60)
  void anyPartOfAnyTreeIsThatOfTheWholeNar(@ForAll("trees") Tree.Dir tree, @ForAll long seed)
      throws StoreException, IOException {
    Node root = put(tree);
    byte[] whole = archive(tree);
    assertThat(nars.sizes().archive(root, () -> false)).isEqualTo(whole.length);
    Random random = new Random(seed);
    for (int i = 0; i < SLICES; i++) {
      int from = random.nextInt(whole.length + 1);
      int length = random.nextBoolean() ? random.nextInt(200) : random.nextInt(whole.length);
      int to = Math.min(whole.length, from + length);
      assertThat(Arrays.equals(slice(root, from, length), Arrays.copyOfRange(whole, from, to)))
          .as("%d bytes at %d of %d", length, from, whole.length)
          .isTrue();
    }
  }

  @Test
  void everyPartOfASmallNarIsRight() throws StoreException, IOException {
    Content content = Content.ofText("content");
    Tree tree =
        Tree.dir()
            .add("d", Tree.dir().executable("x", content).build())
            .link("l", "target")
            .plain("p", content)
            .build();
    byte[] whole = archive(tree);
    Node root = put(tree);
    for (int from = 0; from <= whole.length; from++) {
      assertThat(slice(root, from, 40))
          .isEqualTo(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + 40)));
      assertThat(slice(root, from, Long.MAX_VALUE))
          .isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
    }
    assertThat(slice(root, whole.length + 1L, 8)).isEmpty();
  }

  @Test
  void aRootOfAnyKindHasParts() throws StoreException, IOException {
    Content content = Content.random(7, 100_001);
    for (Tree tree :
        new Tree[] {
          Tree.plain(content), Tree.executable(content), Tree.link("t"), Tree.Dir.EMPTY
        }) {
      byte[] whole = archive(tree);
      Node root = put(tree);
      assertThat(nars.sizes().archive(root, () -> false)).isEqualTo(whole.length);
      for (int from : new int[] {0, 1, whole.length / 2, whole.length - 1, whole.length}) {
        assertThat(slice(root, from, Long.MAX_VALUE))
            .isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
      }
    }
  }

  /// Two equal directories in each directory, 40 levels deep, are a NAR of 2^40 links.
  @Test
  void aPartOfAHugeNarIsWrittenAtOnce() throws StoreException, IOException {
    Node root = doubled(40);
    long whole = nars.sizes().archive(root, () -> false);
    assertThat(whole).isGreaterThan(1L << 47);
    byte[] last = slice(root, whole - 64, 100);
    assertThat(last)
        .hasSize(64)
        .isEqualTo(slice(doubled(2), nars.sizes().archive(doubled(2), () -> false) - 64, 64));
    assertThat(slice(root, whole / 2 - 1000, 2000)).hasSize(2000);
  }

  @Test
  void lengthsThatNoNumberHoldsAreAnError() throws StoreException {
    Node root = doubled(60);
    assertThatThrownBy(() -> nars.sizes().archive(root, () -> false))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.CORRUPT))
        .hasMessageContaining("archive has more bytes than a length can say");
  }

  private Node doubled(int levels) throws StoreException {
    Directory directory = Directory.builder().build();
    for (int level = 0; level < levels; level++) {
      Node node = new DirectoryNode(directories.put(directory), directory.size(SizeRule.SNIX));
      directory =
          Directory.builder()
              .add(PathComponent.of("a"), node)
              .add(PathComponent.of("b"), node)
              .build();
    }
    return new DirectoryNode(directories.put(directory), directory.size(SizeRule.SNIX));
  }

  @Test
  void aPartNeedsOnlyItsOwnContent() throws StoreException, IOException {
    B3Digest nowhere = Blake3.hash(new byte[] {1, 2, 3});
    Directory directory =
        Directory.builder()
            .add(PathComponent.of("a"), new FileNode(nowhere, 1 << 20, false))
            .add(PathComponent.of("b"), put(Tree.plain(Content.ofText("there"))))
            .build();
    Node root = new DirectoryNode(directories.put(directory), directory.size(SizeRule.SNIX));
    long whole = nars.sizes().archive(root, () -> false);
    assertThat(slice(root, whole - 56, 56)).startsWith("there".getBytes(UTF_8));
    assertThatThrownBy(() -> slice(root, 1 << 19, 1))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.MISSING));
  }

  @Test
  void whoGivesUpIsInterrupted() throws StoreException {
    Node root = doubled(3);
    assertThatThrownBy(() -> nars.sizes().archive(root, () -> true))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.INTERRUPTED));
  }

  /// A buffer is 256 KiB; the archive of a plain file has 112 bytes and the content.
  @Test
  void aHashIsRightAroundTheEdgesOfBuffers() throws StoreException {
    int bufferBytes = 1 << 18;
    for (int size :
        new int[] {
          0, bufferBytes - 112, bufferBytes - 104, 2 * bufferBytes - 112, 5 * bufferBytes + 7
        }) {
      Tree tree = Tree.plain(Content.random(size, size));
      NarDigest digest = nars.digest(put(tree), () -> false);
      TreeArchive archive = TreeArchive.of(tree);
      assertThat(digest.sizeBytes()).isEqualTo(archive.sizeBytes());
      assertThat(digest.digest().toBytes()).isEqualTo(archive.sha256());
    }
  }

  @Test
  void aHashIsCalculatedOnce() throws StoreException {
    Tree tree = Tree.dir().plain("file", Content.ofText("content")).build();
    Node root = put(tree);
    NarHashes hashes = new NarHashes(nars);
    TreeArchive archive = TreeArchive.of(tree);
    assertThat(hashes.of(root, () -> false).narSha256().toBytes()).isEqualTo(archive.sha256());
    assertThat(hashes.of(root, () -> true).narSize()).isEqualTo(archive.sizeBytes());
  }
}
