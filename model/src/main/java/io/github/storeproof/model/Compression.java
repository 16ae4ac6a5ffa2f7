package io.github.storeproof.model;

import static java.lang.Integer.rotateRight;

/// BLAKE3's compression function, one block at a time.
///
/// The message words stay in their array and are read where they are needed: sixteen of them beside
/// sixteen words of state are more than a processor has registers for.
final class Compression {
  static final int BLOCK_BYTES = 64;
  static final int VALUE_INTS = 8;
  static final int MESSAGE_INTS = 16;

  private static final int ROUNDS = 7;

  static final int CHUNK_START = 1;
  static final int CHUNK_END = 1 << 1;
  static final int PARENT = 1 << 2;
  static final int ROOT = 1 << 3;

  private static final int IV0 = 0x6A09E667;
  private static final int IV1 = 0xBB67AE85;
  private static final int IV2 = 0x3C6EF372;
  private static final int IV3 = 0xA54FF53A;
  private static final int IV4 = 0x510E527F;
  private static final int IV5 = 0x9B05688C;
  private static final int IV6 = 0x1F83D9AB;
  private static final int IV7 = 0x5BE0CD19;

  private Compression() {}

  /// Sets the chaining value at `offset` to the initial one.
  static void initialise(int[] value, int offset) {
    value[offset] = IV0;
    value[offset + 1] = IV1;
    value[offset + 2] = IV2;
    value[offset + 3] = IV3;
    value[offset + 4] = IV4;
    value[offset + 5] = IV5;
    value[offset + 6] = IV6;
    value[offset + 7] = IV7;
  }

  /// Replaces the chaining value at `offset` by that after the block.
  ///
  /// Four quarter rounds are independent of each other, and so written step by step side by side.
  ///
  /// @param m the 16 words of the block; permuted when this returns
  /// @param counter the chunk's number, 0 for a parent
  static void compress(int[] value, int offset, int[] m, long counter, int lengthBytes, int flags) {
    int v0 = value[offset], v1 = value[offset + 1], v2 = value[offset + 2], v3 = value[offset + 3];
    int v4 = value[offset + 4],
        v5 = value[offset + 5],
        v6 = value[offset + 6],
        v7 = value[offset + 7];
    int v8 = IV0, v9 = IV1, v10 = IV2, v11 = IV3;
    int v12 = (int) counter, v13 = (int) (counter >>> 32), v14 = lengthBytes, v15 = flags;
    for (int round = 0; round < ROUNDS; round++) {
      v12 = rotateRight(v12 ^ (v0 += v4 + m[0]), 16);
      v13 = rotateRight(v13 ^ (v1 += v5 + m[2]), 16);
      v14 = rotateRight(v14 ^ (v2 += v6 + m[4]), 16);
      v15 = rotateRight(v15 ^ (v3 += v7 + m[6]), 16);
      v4 = rotateRight(v4 ^ (v8 += v12), 12);
      v5 = rotateRight(v5 ^ (v9 += v13), 12);
      v6 = rotateRight(v6 ^ (v10 += v14), 12);
      v7 = rotateRight(v7 ^ (v11 += v15), 12);
      v12 = rotateRight(v12 ^ (v0 += v4 + m[1]), 8);
      v13 = rotateRight(v13 ^ (v1 += v5 + m[3]), 8);
      v14 = rotateRight(v14 ^ (v2 += v6 + m[5]), 8);
      v15 = rotateRight(v15 ^ (v3 += v7 + m[7]), 8);
      v4 = rotateRight(v4 ^ (v8 += v12), 7);
      v5 = rotateRight(v5 ^ (v9 += v13), 7);
      v6 = rotateRight(v6 ^ (v10 += v14), 7);
      v7 = rotateRight(v7 ^ (v11 += v15), 7);

      v15 = rotateRight(v15 ^ (v0 += v5 + m[8]), 16);
      v12 = rotateRight(v12 ^ (v1 += v6 + m[10]), 16);
      v13 = rotateRight(v13 ^ (v2 += v7 + m[12]), 16);
      v14 = rotateRight(v14 ^ (v3 += v4 + m[14]), 16);
      v5 = rotateRight(v5 ^ (v10 += v15), 12);
      v6 = rotateRight(v6 ^ (v11 += v12), 12);
      v7 = rotateRight(v7 ^ (v8 += v13), 12);
      v4 = rotateRight(v4 ^ (v9 += v14), 12);
      v15 = rotateRight(v15 ^ (v0 += v5 + m[9]), 8);
      v12 = rotateRight(v12 ^ (v1 += v6 + m[11]), 8);
      v13 = rotateRight(v13 ^ (v2 += v7 + m[13]), 8);
      v14 = rotateRight(v14 ^ (v3 += v4 + m[15]), 8);
      v5 = rotateRight(v5 ^ (v10 += v15), 7);
      v6 = rotateRight(v6 ^ (v11 += v12), 7);
      v7 = rotateRight(v7 ^ (v8 += v13), 7);
      v4 = rotateRight(v4 ^ (v9 += v14), 7);

      permute(m);
    }
    value[offset] = v0 ^ v8;
    value[offset + 1] = v1 ^ v9;
    value[offset + 2] = v2 ^ v10;
    value[offset + 3] = v3 ^ v11;
    value[offset + 4] = v4 ^ v12;
    value[offset + 5] = v5 ^ v13;
    value[offset + 6] = v6 ^ v14;
    value[offset + 7] = v7 ^ v15;
  }

  /// Moves the words of the block to where the next round reads them: two cycles of eight.
  private static void permute(int[] m) {
    int first = m[0];
    m[0] = m[2];
    m[2] = m[3];
    m[3] = m[10];
    m[10] = m[12];
    m[12] = m[9];
    m[9] = m[11];
    m[11] = m[5];
    m[5] = first;
    int second = m[1];
    m[1] = m[6];
    m[6] = m[4];
    m[4] = m[7];
    m[7] = m[13];
    m[13] = m[14];
    m[14] = m[15];
    m[15] = m[8];
    m[8] = second;
  }
}
