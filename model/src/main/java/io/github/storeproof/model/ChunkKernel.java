package io.github.storeproof.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Hashes chunks and parents to chaining values: many chunks side by side, the rest one after the other.
final class ChunkKernel {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int VALUE_INTS = Compression.VALUE_INTS;
  private static final int BLOCK_BYTES = Compression.BLOCK_BYTES;

  // All lanes take as long as so many chunks one after the other.
  private static final int LEAST_SIDE_BY_SIDE = 24;

  private final int[] message = new int[Compression.MESSAGE_INTS];
  private @Nullable ChunkLanes lanes;

  private ChunkLanes lanes() {
    ChunkLanes made = lanes;
    if (made == null) {
      made = new ChunkLanes();
      lanes = made;
    }
    return made;
  }

  /// Writes the chaining values of `count` whole chunks, one after the other, into `values`.
  void chunks(byte[] bytes, int offset, int count, long firstChunk, int[] values) {
    if (count >= LEAST_SIDE_BY_SIDE) {
      lanes().hash(bytes, offset, count, firstChunk, values);
      return;
    }
    for (int i = 0; i < count; i++) {
      chunk(
          bytes,
          offset + i * Subtrees.CHUNK_BYTES,
          Subtrees.CHUNK_BYTES,
          firstChunk + i,
          0,
          values,
          i * VALUE_INTS);
    }
  }

  /// Replaces `count` pairs of neighbours by the chaining values of their parents, side by side.
  void parents(int[] values, int offset, int count) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(values, offset + 2 * i * VALUE_INTS, message, 0, Compression.MESSAGE_INTS);
      parent(values, offset + i * VALUE_INTS, 0);
    }
  }

  /// The root's chaining value, over the subtrees on the stack and the last chunk.
  B3Digest root(byte[] last, int lengthBytes, long chunkCount, int[] stack, int depth) {
    int[] value = new int[VALUE_INTS];
    int root = Compression.ROOT;
    chunk(last, 0, lengthBytes, chunkCount, depth == 0 ? root : 0, value, 0);
    for (int i = depth - 1; i >= 0; i--) {
      System.arraycopy(stack, i * VALUE_INTS, message, 0, VALUE_INTS);
      System.arraycopy(value, 0, message, VALUE_INTS, VALUE_INTS);
      parent(value, 0, i == 0 ? root : 0);
    }
    byte[] digest = new byte[B3Digest.LENGTH_BYTES];
    for (int i = 0; i < VALUE_INTS; i++) {
      WORDS.set(digest, i * Integer.BYTES, value[i]);
    }
    return B3Digest.of(digest);
  }

  /// Writes the chaining value of a chunk that may be shorter than others, below the root.
  void lastChunk(byte[] bytes, int offset, int lengthBytes, long number, int[] values, int at) {
    chunk(bytes, offset, lengthBytes, number, 0, values, at);
  }

  /// Replaces the pair at the start by the root's chaining value.
  void rootPair(int[] values) {
    System.arraycopy(values, 0, message, 0, Compression.MESSAGE_INTS);
    parent(values, 0, Compression.ROOT);
  }

  private void parent(int[] values, int offset, int flags) {
    Compression.initialise(values, offset);
    Compression.compress(values, offset, message, 0, BLOCK_BYTES, Compression.PARENT | flags);
  }

  private void chunk(
      byte[] bytes, int offset, int lengthBytes, long number, int lastFlags, int[] values, int at) {
    Compression.initialise(values, at);
    int start = Compression.CHUNK_START;
    int done = 0;
    while (lengthBytes - done > BLOCK_BYTES) {
      readBlock(bytes, offset + done);
      Compression.compress(values, at, message, number, BLOCK_BYTES, start);
      start = 0;
      done += BLOCK_BYTES;
    }
    readBlock(bytes, offset + done);
    int flags = start | Compression.CHUNK_END | lastFlags;
    Compression.compress(values, at, message, number, lengthBytes - done, flags);
  }

  private void readBlock(byte[] bytes, int offset) {
    for (int i = 0; i < Compression.MESSAGE_INTS; i++) {
      message[i] = (int) WORDS.get(bytes, offset + i * Integer.BYTES);
    }
  }
}
