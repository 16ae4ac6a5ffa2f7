package io.github.storeproof.model;

import java.util.Arrays;

/// The tree of chunks that BLAKE3 hashes, as far as it is known.
///
/// Complete subtrees are held by their chaining values on a stack, the largest at the bottom: one for
/// each bit that is set in the number of chunks. *Confined*.
final class Subtrees {
  static final int CHUNK_BYTES = 1024;

  private static final int VALUE_INTS = Compression.VALUE_INTS;
  private static final int BATCH_CHUNKS = 64;

  private final ChunkKernel kernel;
  private int[] batch = new int[VALUE_INTS];
  private int[] stack = new int[8 * VALUE_INTS];
  private int depth;
  private long chunkCount;

  /// No chunks yet.
  Subtrees(ChunkKernel kernel) {
    this.kernel = kernel;
  }

  /// Adds whole chunks, none of which is the last one of the input.
  void add(byte[] bytes, int offset, int count) {
    for (int done = 0; done < count; done += BATCH_CHUNKS) {
      addBatch(bytes, offset + done * CHUNK_BYTES, Math.min(count - done, BATCH_CHUNKS));
    }
  }

  private void addBatch(byte[] bytes, int offset, int count) {
    if (batch.length < count * VALUE_INTS) {
      batch = new int[BATCH_CHUNKS * VALUE_INTS];
    }
    kernel.chunks(bytes, offset, count, chunkCount, batch);
    int done = 0;
    while (done < count) {
      int leaves = largestSubtree(count - done);
      for (int nodes = leaves; nodes > 1; nodes /= 2) {
        kernel.parents(batch, done * VALUE_INTS, nodes / 2);
      }
      push(done * VALUE_INTS, leaves);
      done += leaves;
    }
  }

  /// The most chunks, at most `available`, that make a complete subtree at the place reached.
  private int largestSubtree(int available) {
    int fitting = Integer.highestOneBit(available);
    long aligned = Long.lowestOneBit(chunkCount);
    return aligned == 0 || aligned > fitting ? fitting : (int) aligned;
  }

  private void push(int batchOffset, int leaves) {
    if (stack.length < (depth + 1) * VALUE_INTS) {
      stack = Arrays.copyOf(stack, 2 * stack.length);
    }
    System.arraycopy(batch, batchOffset, stack, depth * VALUE_INTS, VALUE_INTS);
    depth++;
    chunkCount += leaves;
    while (depth > Long.bitCount(chunkCount)) {
      kernel.parents(stack, (depth - 2) * VALUE_INTS, 1);
      depth--;
    }
  }

  /// The digest when `last`, zero beyond its `lengthBytes`, is the rest of the input.
  B3Digest digest(byte[] last, int lengthBytes) {
    return kernel.root(last, lengthBytes, chunkCount, stack, depth);
  }
}
