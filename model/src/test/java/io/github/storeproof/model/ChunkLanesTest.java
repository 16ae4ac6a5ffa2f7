package io.github.storeproof.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chunks that are hashed side by side against the same chunks, hashed one after the other.
class ChunkLanesTest {
  private static final int OFFSET = 7;

  @ParameterizedTest
  @ValueSource(longs = {0, 64, 0xFFFF_FFC0L, 0xFFFF_FFE0L, 1L << 40})
  void eachChunkHasTheValueThatItHasByItself(long firstChunk) {
    byte[] bytes = new byte[OFFSET + ChunkLanes.COUNT * Subtrees.CHUNK_BYTES];
    new Random(firstChunk).nextBytes(bytes);
    int[] together = new int[ChunkLanes.COUNT * Compression.VALUE_INTS];
    new ChunkLanes().hash(bytes, OFFSET, ChunkLanes.COUNT, firstChunk, together);
    int[] alone = new int[together.length];
    ChunkKernel kernel = new ChunkKernel();
    for (int i = 0; i < ChunkLanes.COUNT; i++) {
      int[] value = new int[Compression.VALUE_INTS];
      kernel.chunks(bytes, OFFSET + i * Subtrees.CHUNK_BYTES, 1, firstChunk + i, value);
      System.arraycopy(value, 0, alone, i * Compression.VALUE_INTS, value.length);
    }
    assertThat(together).isEqualTo(alone);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 24, 63})
  void fewerChunksHaveTheirValuesAndTheRestIsLeftAlone(int count) {
    byte[] bytes = new byte[ChunkLanes.COUNT * Subtrees.CHUNK_BYTES];
    new Random(count).nextBytes(bytes);
    int[] all = new int[ChunkLanes.COUNT * Compression.VALUE_INTS];
    ChunkLanes lanes = new ChunkLanes();
    lanes.hash(bytes, 0, ChunkLanes.COUNT, 0, all);
    int[] few = new int[all.length];
    lanes.hash(Arrays.copyOf(bytes, count * Subtrees.CHUNK_BYTES), 0, count, 0, few);
    assertThat(few)
        .startsWith(Arrays.copyOf(all, count * Compression.VALUE_INTS))
        .endsWith(new int[all.length - count * Compression.VALUE_INTS]);
  }
}
