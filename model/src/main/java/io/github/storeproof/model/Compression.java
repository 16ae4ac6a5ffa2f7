package io.github.storeproof.model;

/// BLAKE3's compression function, one block at a time.
///
/// The message words stay in their array and are read where they are needed: sixteen of them beside
/// sixteen words of state are more than a processor has registers for.
final class Compression {
  static final int BLOCK_BYTES = 64;
  static final int VALUE_INTS = 8;
  static final int MESSAGE_INTS = 16;

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
  /// @param m the 16 words of the block
  /// @param counter the chunk's number, 0 for a parent
  static void compress(int[] value, int offset, int[] m, long counter, int lengthBytes, int flags) {
    int[] s = {
      value[offset], value[offset + 1], value[offset + 2], value[offset + 3],
      value[offset + 4], value[offset + 5], value[offset + 6], value[offset + 7],
      IV0, IV1, IV2, IV3, (int) counter, (int) (counter >>> 32), lengthBytes, flags
    };
    round(s, m, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    round(s, m, 2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8);
    round(s, m, 3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1);
    round(s, m, 10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6);
    round(s, m, 12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4);
    round(s, m, 9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7);
    round(s, m, 11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13);
    for (int i = 0; i < VALUE_INTS; i++) {
      value[offset + i] = s[i] ^ s[i + VALUE_INTS];
    }
  }

  private static void round(int[] s, int[] m, int... p) {
    mix(s, 0, 4, 8, 12, m[p[0]], m[p[1]]);
    mix(s, 1, 5, 9, 13, m[p[2]], m[p[3]]);
    mix(s, 2, 6, 10, 14, m[p[4]], m[p[5]]);
    mix(s, 3, 7, 11, 15, m[p[6]], m[p[7]]);
    mix(s, 0, 5, 10, 15, m[p[8]], m[p[9]]);
    mix(s, 1, 6, 11, 12, m[p[10]], m[p[11]]);
    mix(s, 2, 7, 8, 13, m[p[12]], m[p[13]]);
    mix(s, 3, 4, 9, 14, m[p[14]], m[p[15]]);
  }

  private static void mix(int[] s, int a, int b, int c, int d, int x, int y) {
    s[a] += s[b] + x;
    s[d] = Integer.rotateRight(s[d] ^ s[a], 16);
    s[c] += s[d];
    s[b] = Integer.rotateRight(s[b] ^ s[c], 12);
    s[a] += s[b] + y;
    s[d] = Integer.rotateRight(s[d] ^ s[a], 8);
    s[c] += s[d];
    s[b] = Integer.rotateRight(s[b] ^ s[c], 7);
  }
}
