package io.github.storeproof.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Blobs of 0..9 groups of 64 KiB, cut where the tree has another shape.
class OutboardTest {
  private static final int GROUP = Outboard.GROUP_BYTES;

  private static byte[] random(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new Random(sizeBytes).nextBytes(bytes);
    return bytes;
  }

  private static OutboardHasher.Hashed hashed(byte[] bytes, int pieceBytes) {
    OutboardHasher hasher = new OutboardHasher();
    for (int at = 0; at < bytes.length; at += pieceBytes) {
      hasher.update(
          MemorySegment.ofArray(bytes).asSlice(at, Math.min(pieceBytes, bytes.length - at)));
    }
    return hasher.finish();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        1023,
        1024,
        1025,
        GROUP - 1,
        GROUP,
        GROUP + 1,
        GROUP + 1024,
        GROUP + 1025,
        2 * GROUP,
        2 * GROUP + 1,
        3 * GROUP,
        5 * GROUP - 3,
        7 * GROUP + 64,
        8 * GROUP,
        8 * GROUP + 2047
      })
  void theDigestIsThatOfTheWholeAndEachGroupIsChecked(int sizeBytes) {
    byte[] bytes = random(sizeBytes);
    OutboardHasher.Hashed hashed = hashed(bytes, 50_000);
    assertThat(hashed.digest()).isEqualTo(Blake3.hash(bytes));
    Outboard outboard = hashed.outboard();
    assertThat(outboard.groupCount()).isEqualTo((int) Outboard.groupCount(sizeBytes));
    for (int i = 0; i < outboard.groupCount(); i++) {
      int lengthBytes = Math.min(GROUP, sizeBytes - i * GROUP);
      assertThat(outboard.matches(i, bytes, i * GROUP, lengthBytes)).isTrue();
      bytes[i * GROUP + lengthBytes / 2] ^= 1;
      assertThat(outboard.matches(i, bytes, i * GROUP, lengthBytes)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, GROUP, GROUP + 1, 3 * GROUP})
  void aHasherThatWasFinishedIsAsNew(int sizeBytes) {
    byte[] bytes = random(sizeBytes);
    OutboardHasher hasher = new OutboardHasher();
    OutboardHasher.Hashed _ = hasher.update(MemorySegment.ofArray(random(2 * GROUP + 7))).finish();
    OutboardHasher.Hashed second = hasher.update(MemorySegment.ofArray(bytes)).finish();
    assertThat(second.digest()).isEqualTo(Blake3.hash(bytes));
    assertThat(second.outboard().toBytes()).isEqualTo(hashed(bytes, GROUP).outboard().toBytes());
    assertThat(hasher.finish().digest()).isEqualTo(Blake3.hash(new byte[0]));
  }

  @Test
  void equalGroupsAtOtherPlacesHaveOtherValues() {
    Outboard outboard = hashed(new byte[3 * GROUP], GROUP).outboard();
    assertThat(outboard.matches(0, new byte[GROUP], 0, GROUP)).isTrue();
    assertThat(outboard.matches(1, new byte[GROUP], 0, GROUP)).isTrue();
    byte[] values = outboard.toBytes();
    System.arraycopy(values, 0, values, 32, 32);
    assertThat(Outboard.of(values).matches(1, new byte[GROUP], 0, GROUP)).isFalse();
    assertThat(Outboard.of(values).root()).isNotEqualTo(outboard.root());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 65})
  void bytesThatAreNotWholeValuesAreRefused(int lengthBytes) {
    assertThatThrownBy(() -> Outboard.of(new byte[lengthBytes]))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("outboard has " + lengthBytes);
  }
}
