package io.github.storeproof.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// One directory has one encoding: what is not refused encodes to the very bytes that were decoded.
final class DirectoryCodecPropertyTest {
  @Provide
  Arbitrary<Directory> directories() {
    return DirectoryArbitraries.directories();
  }

  /// Decodes, or is empty when the bytes are refused; any other exception is the test's failure.
  private static Optional<Directory> decoded(byte[] bytes) {
    try {
      return Optional.of(DirectoryCodec.decode(bytes));
    } catch (InvalidDataException refused) {
      return Optional.empty();
    }
  }

  private static void assertRefusedOrTheSame(byte[] bytes) {
    decoded(bytes)
        .ifPresent(directory -> assertThat(DirectoryCodec.encode(directory)).isEqualTo(bytes));
  }

  @Property(tries = 500)
  void decodesWhatItEncodes(@ForAll("directories") Directory directory) {
    byte[] bytes = DirectoryCodec.encode(directory);
    Directory again = DirectoryCodec.decode(bytes);
    assertThat(again).isEqualTo(directory);
    assertThat(again.digest()).isEqualTo(directory.digest()).isEqualTo(Blake3.hash(bytes));
  }

  @Property(tries = 100)
  void everyFlippedBitIsRefusedOrIsAnotherDirectory(
      @ForAll("directories") Directory directory, @ForAll long seed) {
    byte[] bytes = DirectoryCodec.encode(directory);
    Random random = new Random(seed);
    for (int tries = Math.min(bytes.length * 8, 200); tries > 0; tries--) {
      byte[] flipped = bytes.clone();
      int bit = random.nextInt(bytes.length * 8);
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefusedOrTheSame(flipped);
      decoded(flipped).ifPresent(other -> assertThat(other).isNotEqualTo(directory));
    }
  }

  @Property(tries = 10)
  void everyByteAtEveryPlaceIsRefusedOrTheSame(@ForAll("directories") Directory directory) {
    byte[] bytes = DirectoryCodec.encode(directory);
    for (int i = 0; i < Math.min(bytes.length, 100); i++) {
      byte[] changed = bytes.clone();
      for (int value = 0; value < 256; value++) {
        changed[i] = (byte) value;
        assertRefusedOrTheSame(changed);
      }
    }
  }

  @Property(tries = 50)
  void everyPrefixIsRefusedOrTheSame(@ForAll("directories") Directory directory) {
    byte[] bytes = DirectoryCodec.encode(directory);
    for (int length = 0; length < bytes.length; length++) {
      assertRefusedOrTheSame(Arrays.copyOf(bytes, length));
    }
  }

  @Property(tries = 200)
  void aTailIsRefusedOrIsMoreEntries(
      @ForAll("directories") Directory directory, @ForAll @Size(min = 1, max = 20) byte[] tail) {
    byte[] bytes = DirectoryCodec.encode(directory);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + tail.length);
    System.arraycopy(tail, 0, longer, bytes.length, tail.length);
    assertRefusedOrTheSame(longer);
  }

  @Property(tries = 5000)
  void randomBytesAreRefusedOrTheSame(@ForAll @Size(max = 120) byte[] bytes) {
    assertRefusedOrTheSame(bytes);
  }

  /// Bytes that look like the format: few values, those of tags, lengths and names.
  @Property(tries = 5000)
  void almostDirectoriesAreRefusedOrTheSame(@ForAll long seed) {
    byte[] likely = {0x0a, 0x12, 0x1a, 0x18, 0x20, 0, 1, 2, 3, 6, 0x20, 'a', 'b', (byte) 0x80, -1};
    Random random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(40)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = likely[random.nextInt(likely.length)];
    }
    assertRefusedOrTheSame(bytes);
  }
}
