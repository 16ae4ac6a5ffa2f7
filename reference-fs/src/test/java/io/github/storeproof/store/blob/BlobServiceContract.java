package io.github.storeproof.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every service of blobs does.
public abstract class BlobServiceContract {
  protected static final int LARGE_BYTES = (3 << 20) + 7;

  /// A service with no blob but the empty one; the same one during a test.
  protected abstract BlobService blobs() throws Exception;

  @Test
  void theEmptyBlobIsThereFromTheStart() throws Exception {
    B3Digest digest = Blake3.hash(new byte[0]);
    assertThat(blobs().has(digest)).isTrue();
    assertThat(blobs().put(MemorySegment.ofArray(new byte[0]))).isEqualTo(digest);
    try (BlobReader reader = blobs().openRead(digest, 0).orElseThrow()) {
      assertThat(reader.size()).isZero();
      assertThat(reader.read(0, MemorySegment.ofArray(new byte[8]))).isZero();
    }
  }

  @Test
  void anUnknownBlobIsAbsent() throws Exception {
    B3Digest digest = Blake3.hash(new byte[] {1});
    assertThat(blobs().has(digest)).isFalse();
    assertThat(blobs().openRead(digest)).isEmpty();
    assertThat(blobs().openRead(digest, 1)).isEmpty();
    assertThat(blobs().chunks(digest)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1,
        7,
        4096,
        65_535,
        65_536,
        65_537,
        262_144,
        262_145,
        1 << 20,
        (1 << 20) + 1,
        LARGE_BYTES
      })
  void whatIsWrittenInPiecesReadsBackFromAnyOffset(int sizeBytes) throws Exception {
    byte[] bytes = random(sizeBytes);
    B3Digest digest = write(blobs(), bytes, 100_000);
    assertThat(digest).isEqualTo(Blake3.hash(bytes));
    assertThat(blobs().has(digest)).isTrue();
    try (BlobReader reader = blobs().openRead(digest, sizeBytes).orElseThrow()) {
      assertThat(reader.size()).isEqualTo(sizeBytes);
      for (int offset : new int[] {0, 1, sizeBytes / 2, sizeBytes - 1, sizeBytes, sizeBytes + 5}) {
        byte[] wanted = offset > sizeBytes ? new byte[0] : sliceOf(bytes, offset, 70_000);
        assertThat(readAt(reader, offset, 70_000)).isEqualTo(wanted);
      }
    }
  }

  @Test
  void chunksAreReadableAndMakeTheWhole() throws Exception {
    byte[] bytes = random(LARGE_BYTES);
    B3Digest digest = write(blobs(), bytes, 1 << 20);
    int at = 0;
    List<Chunk> chunks = blobs().chunks(digest).orElseThrow();
    assertThat(blobs().chunks(digest)).contains(chunks);
    for (Chunk chunk : chunks) {
      byte[] wanted = sliceOf(bytes, at, (int) chunk.sizeBytes());
      assertThat(chunk.digest()).isEqualTo(Blake3.hash(wanted));
      assertThat(blobs().has(chunk.digest())).isTrue();
      try (BlobReader reader = blobs().openRead(chunk.digest(), wanted.length).orElseThrow()) {
        assertThat(readAt(reader, 0, wanted.length + 1)).isEqualTo(wanted);
      }
      at += wanted.length;
    }
    assertThat(at).isIn(0, LARGE_BYTES);
  }

  @Test
  void aBlobOfAnotherLengthThanStatedIsRefused() throws Exception {
    B3Digest digest = write(blobs(), random(100), 100);
    assertThatThrownBy(() -> blobs().openRead(digest, 101))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has 100 bytes, want 101");
  }

  @Test
  void aBlobIsPutTwice() throws Exception {
    byte[] bytes = random(300_000);
    assertThat(write(blobs(), bytes, 1000)).isEqualTo(write(blobs(), bytes, 7000));
    assertThat(blobs().put(MemorySegment.ofArray(bytes))).isEqualTo(Blake3.hash(bytes));
    byte[] small = random(30);
    assertThat(blobs().put(MemorySegment.ofArray(small))).isEqualTo(write(blobs(), small, 30));
  }

  @Test
  void aWriterThatIsClosedEarlyLeavesNothing() throws Exception {
    byte[] bytes = {1, 2, 3};
    try (BlobWriter writer = blobs().openWrite()) {
      writer.write(MemorySegment.ofArray(bytes));
    }
    assertThat(blobs().has(Blake3.hash(bytes))).isFalse();
  }

  @Test
  void aNegativeOffsetIsTheCallersMistake() throws Exception {
    B3Digest digest = write(blobs(), new byte[1], 1);
    try (BlobReader reader = blobs().openRead(digest, 1).orElseThrow()) {
      assertThatThrownBy(() -> reader.read(-1, MemorySegment.ofArray(new byte[1])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("offset is -1");
    }
  }

  @Test
  void manyThreadsWriteTheSameBlobs() throws Exception {
    List<Callable<B3Digest>> tasks = new ArrayList<>();
    BlobService shared = blobs();
    for (int i = 0; i < 32; i++) {
      byte[] bytes = Content.random(i % 4, 300_000).slice(0, 300_000);
      tasks.add(() -> write(shared, bytes, 10_000));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<B3Digest> digest : threads.invokeAll(tasks)) {
        try (BlobReader reader = shared.openRead(digest.get(), 300_000).orElseThrow()) {
          assertThat(Blake3.hash(readAt(reader, 0, 300_000))).isEqualTo(digest.get());
        }
      }
    }
  }

  @Test
  void aBatchIsReadableThroughItselfAndByAllOnceItIsFlushed() throws Exception {
    byte[] bytes = random(100_000);
    B3Digest digest;
    try (BlobBatch batch = blobs().openBatch()) {
      digest = write(batch, bytes, 10_000);
      assertThat(write(batch, bytes, 100_000)).isEqualTo(digest);
      for (int i = 0; i < 40; i++) {
        batch.put(MemorySegment.ofArray(new byte[] {(byte) i}));
      }
      assertThat(batch.has(digest)).isTrue();
      try (BlobReader reader = batch.openRead(digest, bytes.length).orElseThrow()) {
        assertThat(readAt(reader, 0, bytes.length)).isEqualTo(bytes);
      }
      batch.flush();
      try (BlobReader reader = batch.openRead(digest, bytes.length).orElseThrow()) {
        assertThat(readAt(reader, 5, 10)).isEqualTo(sliceOf(bytes, 5, 10));
      }
    }
    try (BlobReader reader = blobs().openRead(digest, bytes.length).orElseThrow()) {
      assertThat(readAt(reader, 0, bytes.length)).isEqualTo(bytes);
    }
    assertThat(blobs().has(Blake3.hash(new byte[] {39}))).isTrue();
  }

  public static byte[] random(int sizeBytes) {
    return Content.random(sizeBytes, sizeBytes).slice(0, sizeBytes);
  }

  public static B3Digest write(BlobService blobs, byte[] bytes, int pieceBytes)
      throws StoreException {
    try (BlobWriter writer = blobs.openWrite()) {
      for (int offset = 0; offset < bytes.length; offset += pieceBytes) {
        writer.write(MemorySegment.ofArray(sliceOf(bytes, offset, pieceBytes)));
      }
      return writer.commit();
    }
  }

  public static byte[] readAt(BlobReader reader, long offset, int sizeBytes) throws StoreException {
    byte[] into = new byte[sizeBytes];
    int countBytes = 0;
    int more;
    do {
      more = reader.read(offset + countBytes, MemorySegment.ofArray(into).asSlice(countBytes));
      countBytes += more;
    } while (more > 0);
    return sliceOf(into, 0, countBytes);
  }

  private static byte[] sliceOf(byte[] bytes, int offset, int sizeBytes) {
    return Arrays.copyOfRange(bytes, offset, Math.min(bytes.length, offset + sizeBytes));
  }
}
