package io.github.storeproof.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The lengths are those that the Rust crate `fastcdc` 3 (v2020) cuts, at 128, 256 and 512 KiB.
class FastCdcTest {
  private static final byte[] CONTENT = content(6_000_001);

  /// The upper bytes of a linear congruential generator.
  private static byte[] content(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    long x = 1;
    for (int i = 0; i < sizeBytes; i++) {
      x = x * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      bytes[i] = (byte) (x >>> 56);
    }
    return bytes;
  }

  private static List<Integer> lengths(byte[] content) {
    List<Integer> lengths = new ArrayList<>();
    for (int at = 0; at < content.length; at += lengths.getLast()) {
      byte[] rest = Arrays.copyOfRange(content, at, content.length);
      lengths.add(FastCdc.cut(rest, rest.length));
    }
    return lengths;
  }

  @Test
  void cutsWhereOthersDo() {
    assertThat(lengths(CONTENT))
        .containsExactly(
            139_970, 297_313, 524_288, 323_966, 326_421, 283_603, 245_046, 524_288, 336_956,
            174_196, 417_885, 418_536, 184_585, 524_288, 419_206, 399_037, 460_417);
    assertThat(lengths(Arrays.copyOfRange(CONTENT, 1_000_000, 1_524_288)))
        .containsExactly(285_537, 238_751);
  }

  @Test
  void theLastChunkIsWhatIsLeft() {
    assertThat(lengths(Arrays.copyOf(CONTENT, 300_001))).containsExactly(139_970, 160_031);
    assertThat(lengths(Arrays.copyOf(CONTENT, 262_143))).containsExactly(139_970, 122_173);
    assertThat(lengths(Arrays.copyOf(CONTENT, 131_072))).containsExactly(131_072);
  }

  @Test
  void contentWithoutACutIsCutAtTheMostBytes() {
    assertThat(lengths(new byte[1_200_000])).containsExactly(524_288, 524_288, 151_424);
  }
}
