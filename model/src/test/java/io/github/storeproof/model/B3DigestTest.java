package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class B3DigestTest {
  private static final String EMPTY = "blake3-rxNJufX5oaagQE3qNtzJSZvLJcmtwRK3zJqTyuQfMmI=";

  @Test
  void writesTheDigestOfNothing() {
    B3Digest digest = Blake3.hash(new byte[0]);
    assertThat(digest).hasToString(EMPTY);
    assertThat(digest.hex())
        .isEqualTo("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
  }

  @Property
  void parsesWhatItWrites(@ForAll @Size(32) byte[] bytes) {
    B3Digest digest = B3Digest.of(bytes);
    assertThat(B3Digest.parse(digest.toString())).isEqualTo(digest).hasSameHashCodeAs(digest);
    assertThat(digest.toBytes()).isEqualTo(bytes);
  }

  @Test
  void keepsItsBytesFromBothEnds() {
    byte[] bytes = new byte[32];
    B3Digest digest = B3Digest.of(bytes);
    bytes[0] = 1;
    digest.toBytes()[0] = 1;
    assertThat(digest.toBytes()).isEqualTo(new byte[32]);
  }

  @Test
  void ordersByUnsignedBytes() {
    byte[] high = new byte[32];
    high[0] = (byte) 0x80;
    byte[] low = new byte[32];
    low[0] = 0x7F;
    assertThat(B3Digest.of(high)).isGreaterThan(B3Digest.of(low)).isNotEqualTo(B3Digest.of(low));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 31, 33, 64})
  void refusesAnotherLength(int lengthBytes) {
    assertRefused(
        Violation.DIGEST_LENGTH,
        "digest has " + lengthBytes + " bytes, want 32",
        () -> B3Digest.of(new byte[lengthBytes]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "blake3",
        "sha256-rxNJufX5oaagQE3qNtzJSZvLJcmtwRK3zJqTyuQfMmI=",
        "BLAKE3-rxNJufX5oaagQE3qNtzJSZvLJcmtwRK3zJqTyuQfMmI=",
        "blake3-rxNJufX5oaagQE3qNtzJSZvLJcmtwRK3zJqTyuQfMmI",
        "blake3-rxNJufX5oaagQE3qNtzJSZvLJcmtwRK3zJqTyuQfMmJ=",
        "blake3-rxNJufX5oaagQE3qNtzJSZvLJcmtwRK3zJqTyuQfMm_=",
        " blake3-rxNJufX5oaagQE3qNtzJSZvLJcmtwRK3zJqTyuQfMmI="
      })
  void refusesOtherText(String text) {
    assertRefused(
        Violation.DIGEST_TEXT,
        "digest is \"" + text + "\", want blake3- and padded base64 of 32 bytes",
        () -> B3Digest.parse(text));
  }

  @Test
  void refusesTextOfAnotherLength() {
    assertRefused(
        Violation.DIGEST_LENGTH,
        "digest has 3 bytes, want 32",
        () -> B3Digest.parse("blake3-AAAA"));
  }
}
