package io.github.storeproof.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The inner nodes of a blob's BLAKE3 tree that stand for its groups of 64 KiB: with them each group
/// can be checked by itself, against the digest of the whole.
///
/// A blob of one group or less has none: its digest checks it. *Immutable.*
///
/// | offset | size | field |
/// |---|---|---|
/// | 32 n | 32 | chaining value of group n, in little-endian words |
public final class Outboard {
  /// The bytes of a group; the last one may have fewer.
  public static final int GROUP_BYTES = 64 << 10;

  static final int VALUE_BYTES = Compression.VALUE_INTS * Integer.BYTES;

  private static final int GROUP_CHUNKS = GROUP_BYTES / Subtrees.CHUNK_BYTES;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] values;

  private Outboard(byte[] values) {
    this.values = values;
  }

  /// The outboard with these bytes, which are copied.
  ///
  /// @throws InvalidDataException when they are not whole values, or one alone
  public static Outboard of(byte[] values) {
    if (values.length % VALUE_BYTES != 0 || values.length == VALUE_BYTES) {
      throw new InvalidDataException(
          Violation.DIGEST_LENGTH,
          "outboard has " + values.length + " bytes, want 0 or " + VALUE_BYTES + " for each group");
    }
    return new Outboard(values.clone());
  }

  /// How many groups a blob of this length has an outboard of.
  public static long groupCount(long sizeBytes) {
    return sizeBytes <= GROUP_BYTES ? 0 : (sizeBytes + GROUP_BYTES - 1) / GROUP_BYTES;
  }

  /// How many groups there are; 0 for a blob of one.
  public int groupCount() {
    return values.length / VALUE_BYTES;
  }

  /// A copy of the bytes.
  public byte[] toBytes() {
    return values.clone();
  }

  /// How many bytes it has.
  public int lengthBytes() {
    return values.length;
  }

  /// The digest of the blob that has these groups.
  ///
  /// @throws IllegalStateException when there are none
  public B3Digest root() {
    if (values.length == 0) {
      throw new IllegalStateException("a blob of one group has no outboard to take a digest of");
    }
    int[] nodes = new int[values.length / Integer.BYTES];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = (int) WORDS.get(values, i * Integer.BYTES);
    }
    ChunkKernel kernel = new ChunkKernel();
    reduce(kernel, nodes, groupCount(), 2);
    kernel.rootPair(nodes);
    return B3Digest.of(bytesOf(nodes));
  }

  /// Whether group `index` has these bytes.
  public boolean matches(int index, byte[] bytes, int offset, int lengthBytes) {
    byte[] seen = valueOf(new ChunkKernel(), index, bytes, offset, lengthBytes);
    int from = index * VALUE_BYTES;
    return Arrays.equals(seen, 0, VALUE_BYTES, values, from, from + VALUE_BYTES);
  }

  /// The value of group `index` of a blob that has more than this one.
  static byte[] valueOf(ChunkKernel kernel, long index, byte[] bytes, int offset, int lengthBytes) {
    int wholeChunks = lengthBytes / Subtrees.CHUNK_BYTES;
    int restBytes = lengthBytes % Subtrees.CHUNK_BYTES;
    int chunkCount = wholeChunks + (restBytes == 0 ? 0 : 1);
    int[] nodes = new int[Math.max(2, chunkCount) * Compression.VALUE_INTS];
    long firstChunk = index * GROUP_CHUNKS;
    kernel.chunks(bytes, offset, wholeChunks, firstChunk, nodes);
    if (restBytes > 0) {
      byte[] rest =
          Arrays.copyOfRange(bytes, offset + lengthBytes - restBytes, offset + lengthBytes);
      kernel.lastChunk(
          Arrays.copyOf(rest, Subtrees.CHUNK_BYTES),
          0,
          restBytes,
          firstChunk + wholeChunks,
          nodes,
          wholeChunks * Compression.VALUE_INTS);
    }
    reduce(kernel, nodes, chunkCount, 1);
    return bytesOf(nodes);
  }

  /// Replaces neighbours by their parents, level by level, until no more than `wantedCount` are left.
  private static void reduce(ChunkKernel kernel, int[] nodes, int nodeCount, int wantedCount) {
    int count = nodeCount;
    while (count > wantedCount) {
      kernel.parents(nodes, 0, count / 2);
      if (count % 2 == 1) {
        // The last one has no neighbour: it goes up as it is.
        System.arraycopy(
            nodes,
            (count - 1) * Compression.VALUE_INTS,
            nodes,
            count / 2 * Compression.VALUE_INTS,
            Compression.VALUE_INTS);
      }
      count = (count + 1) / 2;
    }
  }

  private static byte[] bytesOf(int[] nodes) {
    byte[] bytes = new byte[VALUE_BYTES];
    for (int i = 0; i < Compression.VALUE_INTS; i++) {
      WORDS.set(bytes, i * Integer.BYTES, nodes[i]);
    }
    return bytes;
  }
}
