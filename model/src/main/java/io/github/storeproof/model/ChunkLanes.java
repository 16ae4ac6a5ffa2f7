package io.github.storeproof.model;

import static java.lang.Integer.rotateRight;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Hashes [#COUNT] whole chunks to chaining values, side by side. *Confined*.
///
/// Everything lies in one array, a row of [#COUNT] words for each word of the compression function: loops
/// over two rows of one array, at distances that are constants, are what the JIT turns into vector
/// instructions by itself.
///
/// | row | words |
/// |---|---|
/// | 0 | chaining values, the first half of the state |
/// | 8 | the second half of the state |
/// | 16 | the message |
final class ChunkLanes {
  static final int COUNT = 64;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int ROUNDS = 7;
  private static final int BLOCKS = Subtrees.CHUNK_BYTES / Compression.BLOCK_BYTES;
  private static final int MESSAGE = 16 * COUNT;
  private static final int STATE = 8 * COUNT;

  private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

  private final int[] rows = new int[32 * COUNT];
  private final int[] before = new int[16 * COUNT];

  /// Writes the chaining values of the chunks, one after the other, into `values`.
  void hash(byte[] bytes, int offset, long firstChunk, int[] values) {
    for (int i = 0; i < Compression.VALUE_INTS; i++) {
      Arrays.fill(rows, i * COUNT, (i + 1) * COUNT, Compression.initialWord(i));
    }
    for (int block = 0; block < BLOCKS; block++) {
      readBlocks(bytes, offset + block * Compression.BLOCK_BYTES);
      int flags =
          block == 0 ? Compression.CHUNK_START : block == BLOCKS - 1 ? Compression.CHUNK_END : 0;
      startState(firstChunk, flags);
      for (int round = 0; round < ROUNDS - 1; round++) {
        columns(rows);
        diagonals(rows);
        permute();
      }
      columns(rows);
      diagonals(rows);
      fold(rows);
    }
    for (int lane = 0; lane < COUNT; lane++) {
      for (int i = 0; i < Compression.VALUE_INTS; i++) {
        values[lane * Compression.VALUE_INTS + i] = rows[i * COUNT + lane];
      }
    }
  }

  private void readBlocks(byte[] bytes, int offset) {
    for (int lane = 0; lane < COUNT; lane++) {
      int from = offset + lane * Subtrees.CHUNK_BYTES;
      for (int i = 0; i < Compression.MESSAGE_INTS; i++) {
        rows[MESSAGE + i * COUNT + lane] = (int) WORDS.get(bytes, from + i * Integer.BYTES);
      }
    }
  }

  private void startState(long firstChunk, int flags) {
    for (int i = 0; i < 4; i++) {
      Arrays.fill(rows, STATE + i * COUNT, STATE + (i + 1) * COUNT, Compression.initialWord(i));
    }
    for (int lane = 0; lane < COUNT; lane++) {
      long number = firstChunk + lane;
      rows[STATE + 4 * COUNT + lane] = (int) number;
      rows[STATE + 5 * COUNT + lane] = (int) (number >>> 32);
    }
    Arrays.fill(rows, STATE + 6 * COUNT, STATE + 7 * COUNT, Compression.BLOCK_BYTES);
    Arrays.fill(rows, STATE + 7 * COUNT, STATE + 8 * COUNT, flags);
  }

  private static void columns(int[] rows) {
    quarter(rows, 0, 4 * COUNT, 8 * COUNT, 12 * COUNT, MESSAGE, MESSAGE + COUNT);
    quarter(
        rows, COUNT, 5 * COUNT, 9 * COUNT, 13 * COUNT, MESSAGE + 2 * COUNT, MESSAGE + 3 * COUNT);
    quarter(
        rows,
        2 * COUNT,
        6 * COUNT,
        10 * COUNT,
        14 * COUNT,
        MESSAGE + 4 * COUNT,
        MESSAGE + 5 * COUNT);
    quarter(
        rows,
        3 * COUNT,
        7 * COUNT,
        11 * COUNT,
        15 * COUNT,
        MESSAGE + 6 * COUNT,
        MESSAGE + 7 * COUNT);
  }

  private static void diagonals(int[] rows) {
    quarter(rows, 0, 5 * COUNT, 10 * COUNT, 15 * COUNT, MESSAGE + 8 * COUNT, MESSAGE + 9 * COUNT);
    quarter(
        rows, COUNT, 6 * COUNT, 11 * COUNT, 12 * COUNT, MESSAGE + 10 * COUNT, MESSAGE + 11 * COUNT);
    quarter(
        rows,
        2 * COUNT,
        7 * COUNT,
        8 * COUNT,
        13 * COUNT,
        MESSAGE + 12 * COUNT,
        MESSAGE + 13 * COUNT);
    quarter(
        rows,
        3 * COUNT,
        4 * COUNT,
        9 * COUNT,
        14 * COUNT,
        MESSAGE + 14 * COUNT,
        MESSAGE + 15 * COUNT);
  }

  /// A quarter round of all lanes.
  private static void quarter(int[] rows, int a, int b, int c, int d, int x, int y) {
    for (int i = 0; i < COUNT; i++) {
      int va = rows[a + i] + rows[b + i] + rows[x + i];
      int vd = rotateRight(rows[d + i] ^ va, 16);
      int vc = rows[c + i] + vd;
      int vb = rotateRight(rows[b + i] ^ vc, 12);
      va += vb + rows[y + i];
      vd = rotateRight(vd ^ va, 8);
      vc += vd;
      vb = rotateRight(vb ^ vc, 7);
      rows[a + i] = va;
      rows[b + i] = vb;
      rows[c + i] = vc;
      rows[d + i] = vd;
    }
  }

  private void permute() {
    System.arraycopy(rows, MESSAGE, before, 0, before.length);
    for (int i = 0; i < PERMUTATION.length; i++) {
      System.arraycopy(before, PERMUTATION[i] * COUNT, rows, MESSAGE + i * COUNT, COUNT);
    }
  }

  private static void fold(int[] rows) {
    for (int i = 0; i < STATE; i++) {
      rows[i] ^= rows[STATE + i];
    }
  }
}
