package io.github.storeproof.model;

import static java.lang.Integer.rotateRight;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Hashes up to [#COUNT] whole chunks to chaining values, side by side. *Confined*.
///
/// Everything lies in one array, a row of [#COUNT] words for each word of the compression function, and
/// four rows that are treated alike are neighbours: one long loop over regions at constant distances is
/// what the JIT turns into vector instructions by itself, with little left over before and behind them.
/// For diagonals the rows of a region turn: what falls out at one end is copied to the other.
///
/// | region | rows |
/// |---|---|
/// | A | words 0 to 3 of the state, the first half of the chaining values |
/// | B | words 4 to 7, and room for one row behind |
/// | C | words 8 to 11, and room for two rows behind |
/// | D | room for one row, and words 12 to 15 |
/// | X, Y | the message words that four quarter rounds take first, and second |
/// | M | the message |
final class ChunkLanes {
  static final int COUNT = 64;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BLOCKS = Subtrees.CHUNK_BYTES / Compression.BLOCK_BYTES;

  private static final int REGION = 4 * COUNT;
  // Words between regions: rows at distances of a power of two would share places in the cache.
  private static final int GAP = 16;
  private static final int A = 0;
  private static final int B = A + REGION + GAP;
  private static final int C = B + REGION + COUNT + GAP;
  private static final int D = C + REGION + 2 * COUNT + GAP + COUNT;
  private static final int X = D + REGION + GAP;
  private static final int Y = X + REGION + GAP;
  private static final int M = Y + REGION + GAP;
  private static final int LENGTH = M + Compression.MESSAGE_INTS * COUNT;

  private static final int WORDS_AT_ONCE = 4;

  private static final int[] INITIAL = initial();

  /// Which words of the message each round takes: for columns first and second, for diagonals first and
  /// second.
  private static final int[][] SCHEDULE = schedule();

  private final int[] rows = new int[LENGTH];

  private static int[] initial() {
    int[] value = new int[Compression.VALUE_INTS];
    Compression.initialise(value, 0);
    return value;
  }

  private static int[][] schedule() {
    int[] permutation = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
    int[] places = {0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15};
    int[][] schedule = new int[7][16];
    int[] words = new int[16];
    Arrays.setAll(words, i -> i);
    for (int[] round : schedule) {
      int[] now = words.clone();
      Arrays.setAll(round, i -> now[places[i]]);
      Arrays.setAll(words, i -> now[permutation[i]]);
    }
    return schedule;
  }

  /// Writes the chaining values of the chunks, one after the other, into `values`.
  ///
  /// @param count at most [#COUNT]; fewer take as long
  void hash(byte[] bytes, int offset, int count, long firstChunk, int[] values) {
    for (int i = 0; i < Compression.VALUE_INTS; i++) {
      Arrays.fill(rows, valueRow(i), valueRow(i) + COUNT, INITIAL[i]);
    }
    for (int block = 0; block < BLOCKS; block++) {
      readBlocks(bytes, offset + block * Compression.BLOCK_BYTES, count);
      int flags =
          block == 0 ? Compression.CHUNK_START : block == BLOCKS - 1 ? Compression.CHUNK_END : 0;
      startState(firstChunk, flags);
      for (int[] words : SCHEDULE) {
        take(words, 0);
        columns(rows);
        turn();
        take(words, 2 * WORDS_AT_ONCE);
        diagonals(rows);
        turnBack();
      }
      fold(rows);
    }
    for (int i = 0; i < Compression.VALUE_INTS; i++) {
      int row = valueRow(i);
      for (int lane = 0; lane < count; lane++) {
        values[lane * Compression.VALUE_INTS + i] = rows[row + lane];
      }
    }
  }

  /// Where a word of the chaining values is.
  private static int valueRow(int word) {
    return word < 4 ? A + word * COUNT : B + (word - 4) * COUNT;
  }

  private void readBlocks(byte[] bytes, int offset, int count) {
    for (int lane = 0; lane < count; lane++) {
      int from = offset + lane * Subtrees.CHUNK_BYTES;
      for (int i = 0; i < Compression.MESSAGE_INTS; i++) {
        rows[M + i * COUNT + lane] = (int) WORDS.get(bytes, from + i * Integer.BYTES);
      }
    }
  }

  private void startState(long firstChunk, int flags) {
    for (int i = 0; i < 4; i++) {
      Arrays.fill(rows, C + i * COUNT, C + (i + 1) * COUNT, INITIAL[i]);
    }
    for (int lane = 0; lane < COUNT; lane++) {
      long number = firstChunk + lane;
      rows[D + lane] = (int) number;
      rows[D + COUNT + lane] = (int) (number >>> 32);
    }
    Arrays.fill(rows, D + 2 * COUNT, D + 3 * COUNT, Compression.BLOCK_BYTES);
    Arrays.fill(rows, D + 3 * COUNT, D + 4 * COUNT, flags);
  }

  /// Puts those words of the message in their places that the next four quarter rounds take.
  private void take(int[] words, int from) {
    for (int i = 0; i < WORDS_AT_ONCE; i++) {
      copyRow(M + words[from + i] * COUNT, X + i * COUNT);
      copyRow(M + words[from + WORDS_AT_ONCE + i] * COUNT, Y + i * COUNT);
    }
  }

  private void turn() {
    copyRow(B, B + REGION);
    copyRow(C, C + REGION);
    copyRow(C + COUNT, C + REGION + COUNT);
    copyRow(D + REGION - COUNT, D - COUNT);
  }

  private void turnBack() {
    copyRow(B + REGION, B);
    copyRow(C + REGION, C);
    copyRow(C + REGION + COUNT, C + COUNT);
    copyRow(D - COUNT, D + REGION - COUNT);
  }

  private void copyRow(int from, int to) {
    System.arraycopy(rows, from, rows, to, COUNT);
  }

  private static void columns(int[] rows) {
    quarters(rows, B, C, D);
  }

  private static void diagonals(int[] rows) {
    quarters(rows, B + COUNT, C + 2 * COUNT, D - COUNT);
  }

  /// Four quarter rounds of all lanes. The places must be constants where this is compiled into.
  private static void quarters(int[] rows, int b, int c, int d) {
    for (int i = 0; i < REGION; i++) {
      int va = rows[A + i] + rows[b + i] + rows[X + i];
      int vd = rotateRight(rows[d + i] ^ va, 16);
      int vc = rows[c + i] + vd;
      int vb = rotateRight(rows[b + i] ^ vc, 12);
      va += vb + rows[Y + i];
      vd = rotateRight(vd ^ va, 8);
      vc += vd;
      vb = rotateRight(vb ^ vc, 7);
      rows[A + i] = va;
      rows[b + i] = vb;
      rows[c + i] = vc;
      rows[d + i] = vd;
    }
  }

  /// Makes the chaining values of the state.
  private static void fold(int[] rows) {
    for (int i = 0; i < REGION; i++) {
      rows[A + i] ^= rows[C + i];
    }
    for (int i = 0; i < REGION; i++) {
      rows[B + i] ^= rows[D + i];
    }
  }
}
