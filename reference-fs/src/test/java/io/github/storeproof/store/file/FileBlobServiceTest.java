package io.github.storeproof.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.BlobReader;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.BlobServiceContract;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store of a directory `store`; what is in its files is changed behind its back.
class FileBlobServiceTest extends BlobServiceContract {
  @TempDir private Path directory;

  private FileStore store;

  @BeforeEach
  void open() throws StoreException {
    store = FileStore.open(directory.resolve("store"), SizeRule.SNIX);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected BlobService blobs() {
    return store.blobs();
  }

  private Path fileOf(B3Digest digest) {
    String hex = digest.hex();
    return store.directory().resolve("blobs").resolve(hex.substring(0, 2)).resolve(hex);
  }

  @Test
  void aBlobIsAPlainFileNamedByItsDigest() throws Exception {
    byte[] bytes = random(100_000);
    B3Digest digest = write(blobs(), bytes, 1000);
    assertThat(fileOf(digest)).hasBinaryContent(bytes);
    assertThat(store.directory().resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void whatIsPutIsThereWhenTheStoreIsOpenedAgain() throws Exception {
    B3Digest digest = write(blobs(), random(LARGE_BYTES), 100_000);
    var chunks = blobs().chunks(digest).orElseThrow();
    store.close();
    open();
    assertThat(blobs().chunks(digest)).contains(chunks);
    try (BlobReader reader = blobs().openRead(chunks.get(3).digest()).orElseThrow()) {
      assertThat(readAt(reader, 0, 1 << 20)).hasSize((int) chunks.get(3).sizeBytes());
    }
  }

  @Test
  void aFlippedBitIsNeverServedAndOthersAre() throws Exception {
    byte[] bytes = random(200_000);
    B3Digest digest = write(blobs(), bytes, 100_000);
    flip(fileOf(digest), 70_000);
    try (BlobReader reader = blobs().openRead(digest).orElseThrow()) {
      assertThat(readAt(reader, 0, 65_536)).startsWith(bytes[0], bytes[1]);
      assertCorrupt(() -> reader.read(65_536, MemorySegment.ofArray(new byte[1])), "from 65536 on");
      assertCorrupt(
          () -> reader.read(0, MemorySegment.ofArray(new byte[200_000])), "from 65536 on");
      assertThat(readAt(reader, 131_072, 10)).hasSize(10);
    }
    assertThat(store.blobs().damage().refusedCount()).isEqualTo(2);
  }

  @Test
  void aSmallBlobIsCheckedAgainstItsDigest() throws Exception {
    B3Digest digest = write(blobs(), random(100), 100);
    flip(fileOf(digest), 99);
    try (BlobReader reader = blobs().openRead(digest).orElseThrow()) {
      assertCorrupt(() -> reader.read(0, MemorySegment.ofArray(new byte[1])), "from 0 on");
    }
  }

  @Test
  void aFileOfAnotherLengthIsNotServed() throws Exception {
    B3Digest digest = write(blobs(), random(100_000), 100_000);
    Files.write(fileOf(digest), random(100_001));
    try (BlobReader reader = blobs().openRead(digest).orElseThrow()) {
      assertCorrupt(
          () -> reader.read(0, MemorySegment.ofArray(new byte[1])), "100001 bytes, want 100000");
    }
  }

  @Test
  void aFileThatIsGoneIsAFailureAndNotTheEndOfTheBlob() throws Exception {
    B3Digest digest = write(blobs(), random(100), 100);
    Files.delete(fileOf(digest));
    try (BlobReader reader = blobs().openRead(digest).orElseThrow()) {
      assertThatThrownBy(() -> reader.read(0, MemorySegment.ofArray(new byte[1])))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.MISSING));
    }
  }

  @Test
  void puttingAgainRepairs() throws Exception {
    for (int sizeBytes : new int[] {100, 200_000, LARGE_BYTES}) {
      byte[] bytes = random(sizeBytes);
      B3Digest digest = write(blobs(), bytes, 100_000);
      flip(fileOf(digest), sizeBytes / 2);
      assertThat(blobs().put(MemorySegment.ofArray(bytes))).isEqualTo(digest);
      try (BlobReader reader = blobs().openRead(digest).orElseThrow()) {
        assertThat(readAt(reader, 0, sizeBytes)).isEqualTo(bytes);
      }
      Files.delete(fileOf(digest));
      write(blobs(), bytes, 100_000);
      assertThat(fileOf(digest)).hasBinaryContent(bytes);
    }
  }

  private static void flip(Path file, int offset) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    bytes[offset] ^= 1;
    Files.write(file, bytes);
  }

  private static void assertCorrupt(
      java.util.concurrent.Callable<Integer> call, String messagePart) {
    assertThatThrownBy(call::call)
        .hasMessageContaining(messagePart)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.CORRUPT));
  }
}
