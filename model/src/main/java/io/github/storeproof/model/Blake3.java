package io.github.storeproof.model;

import java.nio.ByteBuffer;
import java.util.Objects;

/// BLAKE3 in its plain hash mode, over bytes that come bit by bit.
///
/// The input is cut into chunks of 1024 bytes, the leaves of a binary tree. Chunks that are there
/// together are hashed together by [Subtrees]; the roots of the complete subtrees so far wait on a
/// stack. The last chunk is kept back, because it may turn out to be the root. *Confined*.
public final class Blake3 {
  private static final int COPY_BYTES = 1 << 16;

  private final byte[] chunk = new byte[Subtrees.CHUNK_BYTES];
  private int chunkBytes;
  private final Subtrees subtrees;

  /// A hasher of no bytes yet.
  public Blake3() {
    this(new ChunkKernel());
  }

  /// A hasher of no bytes yet, which borrows the kernel while it is used.
  Blake3(ChunkKernel kernel) {
    this.subtrees = new Subtrees(kernel);
  }

  /// The digest of the bytes.
  public static B3Digest hash(byte[] bytes) {
    return new Blake3().update(bytes).digest();
  }

  /// Adds the bytes to the input.
  public Blake3 update(byte[] bytes) {
    return update(bytes, 0, bytes.length);
  }

  /// Adds `lengthBytes` bytes from `offset` on to the input.
  ///
  /// @throws IndexOutOfBoundsException when the array does not have them
  public Blake3 update(byte[] bytes, int offset, int lengthBytes) {
    int from = Objects.checkFromIndexSize(offset, lengthBytes, bytes.length);
    int left = lengthBytes;
    if (chunkBytes > 0) {
      int taken = Math.min(left, Subtrees.CHUNK_BYTES - chunkBytes);
      keep(bytes, from, taken);
      from += taken;
      left -= taken;
      if (left == 0) {
        return this;
      }
      subtrees.add(chunk, 0, 1);
      chunkBytes = 0;
    }
    int wholeChunks = Math.max(0, left - 1) / Subtrees.CHUNK_BYTES;
    subtrees.add(bytes, from, wholeChunks);
    keep(
        bytes,
        from + wholeChunks * Subtrees.CHUNK_BYTES,
        left - wholeChunks * Subtrees.CHUNK_BYTES);
    return this;
  }

  private void keep(byte[] bytes, int offset, int lengthBytes) {
    System.arraycopy(bytes, offset, chunk, chunkBytes, lengthBytes);
    chunkBytes += lengthBytes;
  }

  /// Adds the remaining bytes of the buffer to the input, and moves its position to its limit.
  public Blake3 update(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
      return this;
    }
    byte[] copy = new byte[Math.min(bytes.remaining(), COPY_BYTES)];
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), copy.length);
      bytes.get(copy, 0, count);
      update(copy, 0, count);
    }
    return this;
  }

  /// The digest of the input so far, to which more can be added afterwards.
  public B3Digest digest() {
    byte[] last = new byte[Subtrees.CHUNK_BYTES];
    System.arraycopy(chunk, 0, last, 0, chunkBytes);
    return subtrees.digest(last, chunkBytes);
  }
}
