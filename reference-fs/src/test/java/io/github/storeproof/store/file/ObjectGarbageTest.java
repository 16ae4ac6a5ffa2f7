package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.NarInfo;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Sha256Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.model.SymlinkTarget;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.StoreSink;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobServiceContract;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.directory.DirectoryWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two store paths, directories of ten and of twelve files, in a store of objects whose garbage is
/// collected. What is old was made so by its time on the disk.
@Timeout(120)
class ObjectGarbageTest {
  private static final Duration NO_GRACE = Duration.ofSeconds(-1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final PathComponent NAME = PathComponent.of("name");

  @TempDir private Path directory;

  private ObjectStore store;
  private final Fixture ten = Fixture.of("ten", "ten", FixtureCatalog.wide(10));
  private final Fixture twelve = Fixture.of("twelve", "twelve", FixtureCatalog.wide(12));

  @BeforeEach
  void openFirst() throws Exception {
    store = open();
    putTree(Directory.EMPTY);
    store.pathInfos().put(pathInfo(0, Directory.EMPTY));
  }

  private void fill() throws Exception {
    StoreSink sink = new StoreSink(store.blobs(), store.directories(), store.pathInfos());
    sink.fill(ten);
    sink.fill(twelve);
  }

  private ObjectStore open() throws StoreException {
    return ObjectStore.open(directory, SizeRule.SNIX);
  }

  private List<Path> objects() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !directory.equals(file.getParent()))
          .sorted()
          .toList();
    }
  }

  private void makeOld() throws IOException {
    for (Path file : objects()) {
      try {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(HOUR.multipliedBy(30))));
      } catch (NoSuchFileException _) {
        // It was collected meanwhile.
      }
    }
  }

  private int problemCount() throws Exception {
    return new ObjectVerification(open(), false, new FoundProblems(new ArrayList<>()))
        .verify()
        .problemCount();
  }

  private static PathInfo pathInfo(int number, Directory root) {
    byte[] digest = new byte[StorePath.DIGEST_LENGTH_BYTES];
    digest[0] = (byte) number;
    return new PathInfo(
        StorePath.of(digest, "name"),
        DirectoryNode.of(root, SizeRule.SNIX),
        List.of(),
        NarInfo.of(0, Sha256Digest.of(new byte[32])));
  }

  private static Directory link(String target) {
    return Directory.builder().add(NAME, new SymlinkNode(SymlinkTarget.of(target))).build();
  }

  private static Directory above(Directory child) {
    return Directory.builder().add(NAME, DirectoryNode.of(child, SizeRule.SNIX)).build();
  }

  private void putTree(Directory... fromTheLeaves) throws StoreException {
    try (DirectoryWriter writer = store.directories().putMultiple()) {
      for (Directory each : fromTheLeaves) {
        writer.put(each);
      }
      B3Digest _ = writer.commit();
    }
  }

  @Test
  void whatAPathInfoRefersToStays() throws Exception {
    fill();
    // Each directory of a fixture is put on its own: what is above it has it too.
    makeOld();
    Garbage.Collected _ = new ObjectGarbage(store, HOUR).collect();
    List<Path> before = objects();
    assertThat(new ObjectGarbage(open(), NO_GRACE).collect())
        .isEqualTo(new Garbage.Collected(0, 0, 0, 0));
    assertThat(objects()).isEqualTo(before);
    assertThat(problemCount()).isZero();
  }

  @Test
  void whatNothingRefersToGoesWithItsChunks() throws Exception {
    List<Path> before = objects();
    B3Digest blob = store.blobs().put(MemorySegment.ofArray(BlobServiceContract.random(2 << 20)));
    B3Digest empty = store.directories().put(link("nowhere"));
    Files.write(directory.resolve("incoming/abandoned"), new byte[10]);
    Garbage.Collected collected = new ObjectGarbage(store, NO_GRACE).collect();
    assertThat(collected.directoryCount()).isEqualTo(1);
    assertThat(collected.blobCount()).isEqualTo(1);
    assertThat(collected.freedBytes()).isGreaterThan(2 << 20);
    assertThat(open().blobs().has(blob)).isFalse();
    assertThat(open().blobs().openRead(blob)).isEmpty();
    assertThat(open().directories().get(empty)).isEmpty();
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void whatWasPutLatelyStaysWithAllThatItRefersTo() throws Exception {
    B3Digest blob = store.blobs().put(MemorySegment.ofArray(BlobServiceContract.random(2 << 20)));
    makeOld();
    Directory inner = link("inner");
    putTree(inner, above(inner));
    assertThat(store.blobs().has(blob)).isTrue();
    Garbage.Collected _ = new ObjectGarbage(store, HOUR).collect();
    assertThat(open().directories().get(inner.digest())).isPresent();
    assertThat(problemCount()).isZero();
    try (BlobReader reader = open().blobs().openRead(blob).orElseThrow()) {
      assertThat(BlobServiceContract.readAt(reader, 0, 2 << 20)).hasSize(2 << 20);
    }
  }

  @Test
  void withRootsAllOtherPathInfosGo() throws Exception {
    fill();
    StorePath kept = ten.root("ten");
    StorePath gone = twelve.root("twelve");
    Garbage.Collected collected = new ObjectGarbage(store, NO_GRACE).collectAllBut(List.of(kept));
    assertThat(collected.pathInfoCount()).isEqualTo(2);
    assertThat(collected.blobCount()).isPositive();
    assertThat(open().pathInfos().get(kept.digest())).isPresent();
    assertThat(open().pathInfos().get(gone.digest())).isEmpty();
    assertThat(problemCount()).isZero();
  }

  @Test
  void aRootThatIsNotThereRemovesNothing() throws Exception {
    fill();
    List<Path> before = objects();
    byte[] digest = new byte[StorePath.DIGEST_LENGTH_BYTES];
    digest[0] = 9;
    StorePath unknown = StorePath.of(digest, "unknown");
    assertThatThrownBy(() -> new ObjectGarbage(store, NO_GRACE).collectAllBut(List.of(unknown)))
        .hasMessageContaining("-unknown is not in the store");
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void aStoreWhosePathInfosAreElsewhereIsLeftAlone() throws Exception {
    ObjectStore content = ObjectStore.open(directory.resolve("content"), SizeRule.SNIX);
    B3Digest blob = content.blobs().put(MemorySegment.ofArray(new byte[] {1, 2, 3}));
    assertThatThrownBy(() -> new ObjectGarbage(content, NO_GRACE).collect())
        .hasMessageContaining("has no store paths");
    assertThat(content.blobs().has(blob)).isTrue();
  }

  @Test
  void aDirectoryOfATreeThatGoesIsFoundInTheOneThatStays() throws Exception {
    Directory leaf = link("leaf");
    Directory kept = above(leaf);
    putTree(leaf, kept);
    putTree(leaf, kept, above(kept));
    store.pathInfos().put(pathInfo(1, kept));
    makeOld();
    Garbage.Collected collected = new ObjectGarbage(open(), HOUR).collect();
    assertThat(collected.directoryCount()).isPositive();
    assertThat(open().directories().get(leaf.digest())).isPresent();
    assertThat(open().directories().get(kept.digest())).isPresent();
    assertThat(open().directories().get(above(kept).digest())).isEmpty();
    assertThat(problemCount()).isZero();
  }

  @Test
  void aTreeStaysOfWhichAPathInfoHasAPart() throws Exception {
    Directory leaf = link("leaf");
    putTree(leaf, above(leaf));
    store.pathInfos().put(pathInfo(1, leaf));
    makeOld();
    Garbage.Collected _ = new ObjectGarbage(open(), HOUR).collect();
    assertThat(open().directories().get(leaf.digest())).isPresent();
    assertThat(problemCount()).isZero();
  }

  @Test
  void contentThatIsPutAgainIsNotOldAnyMore() throws Exception {
    byte[] bytes = BlobServiceContract.random(2 << 20);
    B3Digest blob = store.blobs().put(MemorySegment.ofArray(bytes));
    makeOld();
    store.blobs().put(MemorySegment.ofArray(bytes));
    Garbage.Collected _ = new ObjectGarbage(store, HOUR).collect();
    try (BlobReader reader = open().blobs().openRead(blob).orElseThrow()) {
      assertThat(BlobServiceContract.readAt(reader, 0, bytes.length)).isEqualTo(bytes);
    }
  }

  @Test
  void aBlobWhoseChunksWereCollectedWhileItWasPutIsNotAcknowledged() throws Exception {
    byte[] bytes = BlobServiceContract.random(2 << 20);
    store.blobs().put(MemorySegment.ofArray(bytes));
    try (BlobWriter writer = store.blobs().openWrite()) {
      writer.write(MemorySegment.ofArray(bytes));
      Garbage.Collected _ = new ObjectGarbage(open(), NO_GRACE).collect();
      assertThatThrownBy(writer::commit)
          .hasMessageContaining("was collected while the blob was put")
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.failure()).isEqualTo(StoreFailure.UNAVAILABLE));
    }
    assertThat(problemCount()).isZero();
  }

  @Test
  void whatIsPutWhileGarbageIsCollectedIsThereThen() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    List<Throwable> failures = new ArrayList<>();
    byte[] bytes = BlobServiceContract.random(600_000);
    Thread collector =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (!isOver.get()) {
                  Garbage.Collected _ = new ObjectGarbage(store, HOUR).collect();
                }
              } catch (Throwable e) {
                failures.add(e);
              }
            });
    for (int i = 0; i < 10; i++) {
      makeOld();
      B3Digest blob = store.blobs().put(MemorySegment.ofArray(bytes));
      try (BlobReader reader = open().blobs().openRead(blob).orElseThrow()) {
        assertThat(BlobServiceContract.readAt(reader, 0, bytes.length)).isEqualTo(bytes);
      }
      assertThat(store.blobs().has(blob)).isTrue();
    }
    isOver.set(true);
    collector.join();
    assertThat(failures).isEmpty();
    assertThat(problemCount()).isZero();
  }
}
