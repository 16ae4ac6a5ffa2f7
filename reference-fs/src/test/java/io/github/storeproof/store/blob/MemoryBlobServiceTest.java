package io.github.storeproof.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBlobServiceTest {
  private static final int LARGE_BYTES = 3 << 20;

  private final MemoryBlobService blobs = new MemoryBlobService();

  @Test
  void theEmptyBlobIsThereFromTheStart() throws StoreException {
    B3Digest digest = Blake3.hash(new byte[0]);
    assertThat(blobs.has(digest)).isTrue();
    try (BlobReader reader = blobs.openRead(digest).orElseThrow()) {
      assertThat(reader.size()).isZero();
      assertThat(reader.read(0, MemorySegment.ofArray(new byte[8]))).isZero();
    }
  }

  @Test
  void anUnknownBlobIsAbsent() {
    B3Digest digest = Blake3.hash(new byte[] {1});
    assertThat(blobs.has(digest)).isFalse();
    assertThat(blobs.openRead(digest)).isEmpty();
    assertThat(blobs.chunks(digest)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096, 262_143, 262_144, 262_145, 1 << 20, (1 << 20) + 1, LARGE_BYTES})
  void whatIsWrittenInPiecesReadsBackFromAnyOffset(int sizeBytes) throws StoreException {
    byte[] bytes = Content.random(sizeBytes, sizeBytes).slice(0, sizeBytes);
    B3Digest digest = write(bytes, 100_000);
    assertThat(digest).isEqualTo(Blake3.hash(bytes));
    try (BlobReader reader = blobs.openRead(digest).orElseThrow()) {
      assertThat(reader.size()).isEqualTo(sizeBytes);
      assertThat(reader.isResident()).isTrue();
      for (int offset : new int[] {0, 1, sizeBytes / 2, sizeBytes - 1, sizeBytes, sizeBytes + 5}) {
        byte[] wanted = offset > sizeBytes ? new byte[0] : sliceOf(bytes, offset, 5_000);
        assertThat(readAt(reader, offset, 5_000)).isEqualTo(wanted);
      }
    }
  }

  @Test
  void contentIsWhatReadCopies() throws StoreException {
    byte[] bytes = Content.random(1, LARGE_BYTES).slice(0, LARGE_BYTES);
    try (BlobReader reader = blobs.openRead(write(bytes, LARGE_BYTES)).orElseThrow()) {
      MemorySegment content = reader.content(70_000, 1 << 20).orElseThrow();
      assertThat(content.isNative()).isTrue();
      assertThat(content.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(sliceOf(bytes, 70_000, 1 << 20));
      assertThat(reader.content(LARGE_BYTES + 1, 10).orElseThrow().byteSize()).isZero();
      assertThatThrownBy(() -> content.set(ValueLayout.JAVA_BYTE, 0, (byte) 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void putStoresWhatIsInMemory() throws StoreException {
    for (int sizeBytes : new int[] {0, 3, 1 << 20}) {
      byte[] bytes = Content.random(2, sizeBytes).slice(0, sizeBytes);
      B3Digest digest = blobs.put(MemorySegment.ofArray(bytes));
      assertThat(digest).isEqualTo(Blake3.hash(bytes));
      try (BlobReader reader = blobs.openRead(digest).orElseThrow()) {
        assertThat(readAt(reader, 0, sizeBytes + 1)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void aBlobKeptInOnePieceHasNoChunks() throws StoreException {
    assertThat(blobs.chunks(write(new byte[] {1, 2}, 1))).contains(List.of());
  }

  @Test
  void aWriterThatIsClosedEarlyLeavesNothing() throws StoreException {
    byte[] bytes = {1, 2, 3};
    try (BlobWriter writer = blobs.openWrite()) {
      writer.write(MemorySegment.ofArray(bytes));
    }
    assertThat(blobs.has(Blake3.hash(bytes))).isFalse();
  }

  @Test
  void aCommittedWriterTakesNoMore() throws StoreException {
    try (BlobWriter writer = blobs.openWrite()) {
      writer.commit();
      assertThatThrownBy(() -> writer.write(MemorySegment.ofArray(new byte[1])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("committed");
      assertThatThrownBy(writer::commit).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aNegativeOffsetIsTheCallersMistake() throws StoreException {
    try (BlobReader reader = blobs.openRead(write(new byte[1], 1)).orElseThrow()) {
      assertThatThrownBy(() -> reader.read(-1, MemorySegment.ofArray(new byte[1])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("offset is -1");
    }
  }

  @Test
  void manyThreadsWriteTheSameBlobs() throws Exception {
    List<Callable<B3Digest>> tasks = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      byte[] bytes = Content.random(i % 4, 300_000).slice(0, 300_000);
      tasks.add(() -> write(bytes, 10_000));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<B3Digest> digest : threads.invokeAll(tasks)) {
        try (BlobReader reader = blobs.openRead(digest.get()).orElseThrow()) {
          assertThat(Blake3.hash(readAt(reader, 0, 300_000))).isEqualTo(digest.get());
        }
      }
    }
  }

  private B3Digest write(byte[] bytes, int pieceBytes) throws StoreException {
    try (BlobWriter writer = blobs.openWrite()) {
      for (int offset = 0; offset < bytes.length; offset += pieceBytes) {
        writer.write(MemorySegment.ofArray(sliceOf(bytes, offset, pieceBytes)));
      }
      return writer.commit();
    }
  }

  private static byte[] readAt(BlobReader reader, long offset, int sizeBytes)
      throws StoreException {
    byte[] into = new byte[sizeBytes];
    int countBytes = reader.read(offset, MemorySegment.ofArray(into));
    return sliceOf(into, 0, countBytes);
  }

  private static byte[] sliceOf(byte[] bytes, int offset, int sizeBytes) {
    return java.util.Arrays.copyOfRange(bytes, offset, Math.min(bytes.length, offset + sizeBytes));
  }
}
