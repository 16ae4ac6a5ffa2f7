package io.github.storeproof.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.store.StoreException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBlobServiceTest extends BlobServiceContract {
  private final MemoryBlobService blobs = new MemoryBlobService();

  @Override
  protected BlobService blobs() {
    return blobs;
  }

  @Test
  void contentIsWhatReadCopies() throws StoreException {
    byte[] bytes = Content.random(1, LARGE_BYTES).slice(0, LARGE_BYTES);
    try (BlobReader reader = blobs.openRead(write(blobs, bytes, LARGE_BYTES)).orElseThrow()) {
      MemorySegment content = reader.content(70_000, 1 << 20).orElseThrow();
      assertThat(content.isNative()).isTrue();
      assertThat(content.toArray(ValueLayout.JAVA_BYTE))
          .isEqualTo(Arrays.copyOfRange(bytes, 70_000, 70_000 + (1 << 20)));
      assertThat(reader.content(LARGE_BYTES + 1, 10).orElseThrow().byteSize()).isZero();
      assertThatThrownBy(() -> content.set(ValueLayout.JAVA_BYTE, 0, (byte) 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aBlobKeptInOnePieceHasNoChunks() throws StoreException {
    assertThat(blobs.chunks(write(blobs, new byte[] {1, 2}, 1))).contains(List.of());
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
}
