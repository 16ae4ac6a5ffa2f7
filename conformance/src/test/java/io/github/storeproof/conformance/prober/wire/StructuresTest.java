package io.github.storeproof.conformance.prober.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Machine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructuresTest {
  private static final Stat STAT =
      new Stat(
          1,
          2,
          0100644,
          4,
          5,
          6,
          7,
          1L << 40,
          4096,
          10,
          new Timestamp(11, 12),
          new Timestamp(13, 14),
          new Timestamp(15, 16));

  @Test
  void statOfX86() {
    byte[] bytes = new byte[144];
    ByteBuffer at = buffer(bytes);
    at.putLong(1).putLong(2).putLong(4).putInt(0100644).putInt(5).putInt(6).putInt(0).putLong(7);
    at.putLong(1L << 40).putLong(4096).putLong(10);
    putTimes(at);
    assertThat(Stat.decode(bytes, Machine.X86_64)).isEqualTo(STAT);
  }

  @Test
  void statOfAarch64() {
    byte[] bytes = new byte[128];
    ByteBuffer at = buffer(bytes);
    at.putLong(1).putLong(2).putInt(0100644).putInt(4).putInt(5).putInt(6).putLong(7).putLong(0);
    at.putLong(1L << 40).putInt(4096).putInt(0).putLong(10);
    putTimes(at);
    assertThat(Stat.decode(bytes, Machine.AARCH64)).isEqualTo(STAT);
  }

  @Test
  void openFlagsMoveOnAarch64() {
    int portable = 01 | 0200000 | 0400000 | 040000 | 02000000;
    assertThat(Machine.X86_64.openFlags(portable)).isEqualTo(portable);
    assertThat(Machine.AARCH64.openFlags(portable))
        .isEqualTo(01 | 040000 | 0100000 | 0200000 | 02000000);
    assertThat(Machine.AARCH64.openFlags(0200000)).isEqualTo(040000);
  }

  @Test
  void entriesFollowEachOther() {
    byte[] block = concat(entry(1, 10, 8, "a"), entry(2, -1, 4, "longer name"));
    assertThat(Dirent.decodeAll(block))
        .isEqualTo(
            List.of(
                new Dirent(1, 10, 8, Bytes.of("a")),
                new Dirent(2, -1, 4, Bytes.of("longer name"))));
    assertThat(Dirent.decodeAll(new byte[0])).isEmpty();
  }

  @Test
  void brokenEntriesAreRefused() {
    byte[] good = entry(1, 10, 8, "abcd");
    for (int length = 1; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> Dirent.decodeAll(cut)).hasMessageContaining("d_reclen");
    }
    byte[] endless = good.clone();
    Arrays.fill(endless, 19, endless.length, (byte) 'x');
    assertThatThrownBy(() -> Dirent.decodeAll(endless)).hasMessageContaining("without NUL");
    byte[] empty = good.clone();
    empty[16] = 0;
    assertThatThrownBy(() -> Dirent.decodeAll(empty)).hasMessageContaining("d_reclen is 0");
  }

  private static void putTimes(ByteBuffer at) {
    for (long value = 11; value <= 16; value++) {
      at.putLong(value);
    }
  }

  private static byte[] entry(long ino, long off, int type, String name) {
    int length = (19 + name.length() + 1 + 7) / 8 * 8;
    byte[] bytes = new byte[length];
    ByteBuffer at = buffer(bytes);
    at.putLong(ino).putLong(off).putShort((short) length).put((byte) type);
    at.put(Bytes.of(name).toArray());
    return bytes;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
