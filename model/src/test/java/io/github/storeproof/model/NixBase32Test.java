package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NixBase32Test {
  /// The digests of nothing in SHA-1, SHA-256 and MD5, as `nix-hash --to-base32` prints them.
  @ParameterizedTest
  @CsvSource({
    "da39a3ee5e6b4b0d3255bfef95601890afd80709, 143xibwh31h9bvxzalr0sjvbbvpa6ffs",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, "
        + "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73",
    "d41d8cd98f00b204e9800998ecf8427e, 3y8bwfr609h3lh9ch0izcqq7fl"
  })
  void writesWhatNixWrites(String hex, String base32) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(NixBase32.encode(bytes)).isEqualTo(base32);
    assertThat(NixBase32.decode(base32)).isEqualTo(bytes);
  }

  @Property
  void decodesWhatItEncodes(@ForAll @Size(max = 70) byte[] bytes) {
    assertThat(NixBase32.decode(NixBase32.encode(bytes))).isEqualTo(bytes);
  }

  @Test
  void encodesNothingAsNothing() {
    assertThat(NixBase32.encode(new byte[0])).isEmpty();
    assertThat(NixBase32.decode("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"e", "o", "t", "u", "A", "-", " ", "\u00e9"})
  void refusesCharactersOutsideTheAlphabet(String character) {
    String text = "0" + character;
    assertRefused(
        Violation.BASE32_CHARACTER,
        "nixbase32 text "
            + EscapedText.quote(text)
            + " has a bad character at 1, want 0123456789abcdfghijklmnpqrsvwxyz",
        () -> NixBase32.decode(text));
  }

  @Test
  void refusesLengthsOfNoBytes() {
    assertRefused(
        Violation.BASE32_LENGTH,
        "nixbase32 text has 1 characters, want 0 or 2",
        () -> NixBase32.decode("0"));
    assertRefused(
        Violation.BASE32_LENGTH,
        "nixbase32 text has 33 characters, want 32 or 34",
        () -> NixBase32.decode("0".repeat(33)));
  }

  @Test
  void refusesBitsBeyondTheLastByte() {
    assertThat(NixBase32.decode("7z")).containsExactly(0xFF);
    assertRefused(
        Violation.BASE32_TRAILING_BITS,
        "nixbase32 text has bits beyond byte 1, want them zero",
        () -> NixBase32.decode("80"));
    assertRefused(
        Violation.BASE32_TRAILING_BITS,
        "nixbase32 text has bits beyond byte 32, want them zero",
        () -> NixBase32.decode("2" + "0".repeat(51)));
  }
}
