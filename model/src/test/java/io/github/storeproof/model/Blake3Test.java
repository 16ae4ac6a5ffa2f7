package io.github.storeproof.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The inputs of `vectors/blake3.txt` are the bytes 0, 1, .. 250, 0, 1 ..; all others are random.
final class Blake3Test {
  record Vector(int lengthBytes, String hex) {}

  static Stream<Vector> vectors() throws IOException {
    try (InputStream file = Blake3Test.class.getResourceAsStream("/vectors/blake3.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
      List<Vector> vectors =
          lines
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(" "))
              .map(fields -> new Vector(Integer.parseInt(fields[0]), fields[1]))
              .toList();
      assertThat(vectors).hasSize(37);
      return vectors.stream();
    }
  }

  private static byte[] counting(int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    for (int i = 0; i < lengthBytes; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  private static byte[] random(long seed, int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void hashesTheOfficialVectors(Vector vector) {
    assertThat(Blake3.hash(counting(vector.lengthBytes())).hex()).isEqualTo(vector.hex());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void hashesTheOfficialVectorsByteByByte(Vector vector) {
    Blake3 hasher = new Blake3();
    for (byte next : counting(vector.lengthBytes())) {
      hasher.update(new byte[] {next});
    }
    assertThat(hasher.digest().hex()).isEqualTo(vector.hex());
  }

  @Property(tries = 300)
  void agreesWithAnotherImplementation(
      @ForAll long seed, @ForAll @IntRange(max = 300_000) int lengthBytes) {
    byte[] bytes = random(seed, lengthBytes);
    byte[] wanted = org.apache.commons.codec.digest.Blake3.hash(bytes);
    assertThat(Blake3.hash(bytes).toBytes()).isEqualTo(wanted);
  }

  @Property(tries = 300)
  void digestsTheSameHoweverTheInputIsCut(
      @ForAll long seed,
      @ForAll @Size(max = 40) List<@IntRange(max = 20_000) Integer> lengthsBytes) {
    byte[] bytes = random(seed, lengthsBytes.stream().mapToInt(Integer::intValue).sum());
    Blake3 hasher = new Blake3();
    int done = 0;
    for (int length : lengthsBytes) {
      hasher.update(bytes, done, length);
      done += length;
    }
    assertThat(hasher.digest()).isEqualTo(Blake3.hash(bytes));
  }

  @Property(tries = 100)
  void goesOnAfterADigest(
      @ForAll @IntRange(max = 9000) int first, @ForAll @IntRange(max = 9000) int second) {
    long seed = 9001L * first + second;
    byte[] bytes = random(seed, first + second);
    Blake3 hasher = new Blake3().update(bytes, 0, first);
    B3Digest beginning = hasher.digest();
    B3Digest whole = hasher.update(bytes, first, second).digest();
    assertThat(beginning).isEqualTo(Blake3.hash(random(seed, first + second, first)));
    assertThat(whole).isEqualTo(Blake3.hash(bytes)).isEqualTo(hasher.digest());
  }

  private static byte[] random(long seed, int lengthBytes, int firstBytes) {
    return Arrays.copyOf(random(seed, lengthBytes), firstBytes);
  }

  @Test
  void takesBuffersOnAndOffTheHeap() {
    byte[] bytes = random(1, 200_000);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    ByteBuffer slice = ByteBuffer.wrap(bytes).slice(1000, 150_000);
    slice.position(7);

    assertThat(new Blake3().update(direct).digest()).isEqualTo(Blake3.hash(bytes));
    assertThat(new Blake3().update(direct.rewind().asReadOnlyBuffer()).digest())
        .isEqualTo(Blake3.hash(bytes));
    assertThat(new Blake3().update(slice).digest())
        .isEqualTo(new Blake3().update(bytes, 1007, 149_993).digest());
    assertThat(slice.hasRemaining()).isFalse();
  }

  @Test
  void leavesTheInputAsItIs() {
    byte[] bytes = random(2, 70_000);
    Blake3.hash(bytes);
    assertThat(bytes).isEqualTo(random(2, 70_000));
  }

  @Test
  void refusesARangeOutsideTheArray() {
    assertThatThrownBy(() -> new Blake3().update(new byte[10], 5, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
