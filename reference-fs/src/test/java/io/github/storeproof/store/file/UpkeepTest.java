package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreSink;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobServiceContract;
import io.github.storeproof.store.blob.BlobWriter;
import io.github.storeproof.store.index.Table;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two store paths, directories of ten and of twelve files, and what is done to the store of them:
/// collecting garbage and verifying.
class UpkeepTest {
  private static final Duration NO_GRACE = Duration.ofSeconds(-1);

  @TempDir private Path directory;

  private FileStore store;
  private final Fixture ten = Fixture.of("ten", "ten", FixtureCatalog.wide(10));
  private final Fixture twelve = Fixture.of("twelve", "twelve", FixtureCatalog.wide(12));
  private final List<String> problems = new ArrayList<>();

  @BeforeEach
  void fill() throws Exception {
    store = FileStore.open(directory.resolve("store"), SizeRule.SNIX);
    StoreSink sink = new StoreSink(store.blobs(), store.directories(), store.pathInfos());
    sink.fill(ten);
    sink.fill(twelve);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Verification.Findings verify(boolean isMended) throws Exception {
    problems.clear();
    return new Verification(store, isMended, new FoundProblems(problems)).verify();
  }

  private List<Path> blobFiles() throws Exception {
    try (Stream<Path> files = Files.walk(store.directory().resolve("blobs"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void whatAPathInfoRefersToStays() throws Exception {
    List<Path> before = blobFiles();
    Garbage.Collected collected = new Garbage(store, NO_GRACE).collect();
    assertThat(collected).isEqualTo(new Garbage.Collected(0, 0, 0, 0));
    assertThat(blobFiles()).isEqualTo(before);
    assertThat(verify(false).problemCount()).isZero();
  }

  @Test
  void whatNothingRefersToGoesWithItsFilesAndChunks() throws Exception {
    List<Path> before = blobFiles();
    byte[] large = BlobServiceContract.random(2 << 20);
    B3Digest blob = store.blobs().put(MemorySegment.ofArray(large));
    var chunks = store.blobs().chunks(blob).orElseThrow();
    B3Digest empty = store.directories().put(Directory.EMPTY);
    Files.write(store.directory().resolve("incoming/abandoned"), new byte[10]);
    Garbage.Collected collected = new Garbage(store, NO_GRACE).collect();
    assertThat(collected).isEqualTo(new Garbage.Collected(0, 1, 1, large.length + 10));
    assertThat(store.blobs().has(blob)).isFalse();
    assertThat(store.blobs().openRead(blob)).isEmpty();
    assertThat(store.blobs().has(chunks.getFirst().digest())).isFalse();
    assertThat(store.directories().get(empty)).isEmpty();
    assertThat(blobFiles()).isEqualTo(before);
    assertThat(store.directory().resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void whatWasPutLatelyStays() throws Exception {
    B3Digest blob = store.blobs().put(MemorySegment.ofArray(new byte[] {1, 2, 3}));
    B3Digest empty = store.directories().put(Directory.EMPTY);
    assertThat(new Garbage(store, Duration.ofHours(1)).collect().blobCount()).isZero();
    assertThat(store.blobs().has(blob)).isTrue();
    assertThat(store.directories().get(empty)).isPresent();
  }

  @Test
  void withRootsAllOtherPathInfosGo() throws Exception {
    StorePath kept = ten.root("ten");
    StorePath gone = twelve.root("twelve");
    Garbage.Collected collected = new Garbage(store, NO_GRACE).collectAllBut(List.of(kept));
    assertThat(collected.pathInfoCount()).isEqualTo(1);
    assertThat(collected.blobCount()).isPositive();
    assertThat(store.pathInfos().get(kept.digest())).isPresent();
    assertThat(store.pathInfos().get(gone.digest())).isEmpty();
    assertThat(verify(false).problemCount()).isZero();
  }

  @Test
  void aRootThatIsNotThereRemovesNothing() {
    StorePath unknown = StorePath.of(new byte[20], "unknown");
    assertThatThrownBy(() -> new Garbage(store, NO_GRACE).collectAllBut(List.of(unknown)))
        .hasMessageContaining("-unknown is not in the store");
    assertThat(store.pathInfos().list()).satisfies(cursor -> assertThat(cursor.next()).isPresent());
  }

  @Test
  void writersAndReadersGoOnMeanwhile() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    List<Throwable> failures = new ArrayList<>();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int i = 0; !isOver.get(); i++) {
                  byte[] bytes = BlobServiceContract.random(70_000 + i % 5);
                  B3Digest digest;
                  try (BlobWriter blob = store.blobs().openWrite()) {
                    blob.write(MemorySegment.ofArray(bytes));
                    digest = blob.commit();
                  }
                  try (BlobReader reader = store.blobs().openRead(digest).orElseThrow()) {
                    assertThat(BlobServiceContract.readAt(reader, 0, bytes.length))
                        .isEqualTo(bytes);
                  }
                }
              } catch (Throwable e) {
                failures.add(e);
              }
            });
    for (int i = 0; i < 20; i++) {
      new Garbage(store, Duration.ofMinutes(1)).collect();
    }
    isOver.set(true);
    writer.join();
    assertThat(failures).isEmpty();
    assertThat(verify(false).problemCount()).isZero();
  }

  @Test
  void aCorruptBlobIsFoundAndRemovedSoThatItCanBePutAgain() throws Exception {
    byte[] bytes = BlobServiceContract.random(100_000);
    B3Digest digest = store.blobs().put(MemorySegment.ofArray(bytes));
    Path file =
        blobFiles().stream().filter(path -> path.endsWith(digest.hex())).findFirst().orElseThrow();
    Files.write(file, new byte[100_000]);
    assertThat(verify(false)).isEqualTo(new Verification.Findings(1, 0));
    assertThat(problems.getFirst()).contains(digest.toString()).contains("from 0 on");
    assertThat(verify(true)).isEqualTo(new Verification.Findings(1, 1));
    assertThat(verify(false)).isEqualTo(new Verification.Findings(0, 0));
    assertThat(store.blobs().has(digest)).isFalse();
    store.blobs().put(MemorySegment.ofArray(bytes));
    assertThat(verify(false)).isEqualTo(new Verification.Findings(0, 0));
  }

  @Test
  void aCorruptRecordOfARightFileIsMadeRight() throws Exception {
    B3Digest digest = store.blobs().put(MemorySegment.ofArray(BlobServiceContract.random(200_000)));
    int _ =
        store
            .index()
            .change(writer -> {
              writer.put(Table.BLOBS, digest.toBytes(), new byte[16 + 32]);
              return 1;
            });
    assertThatThrownBy(() -> store.blobs().openRead(digest))
        .hasMessageContaining("index record of blob " + digest);
    assertThat(verify(true)).isEqualTo(new Verification.Findings(1, 1));
    assertThat(problems).contains("blob " + digest + " is right again");
    assertThat(verify(false)).isEqualTo(new Verification.Findings(0, 0));
    assertThat(store.blobs().openRead(digest, 200_000)).isPresent();
  }

  @Test
  void contentThatIsMissingIsFound() throws Exception {
    B3Digest root =
        ((DirectoryNode) store.pathInfos().get(ten.root("ten").digest()).orElseThrow().node())
            .digest();
    int _ =
        store
            .index()
            .change(writer -> {
              writer.remove(Table.DIRECTORIES, root.toBytes());
              return 1;
            });
    assertThat(verify(true)).isEqualTo(new Verification.Findings(1, 0));
    assertThat(problems)
        .containsExactly("content of " + ten.root("ten").absolutePath() + " is not there");
  }
}
