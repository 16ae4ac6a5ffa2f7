package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StorePathTest {
  private static final String DIGEST = "00bgd045z0d4icpbc2yyz4gx48ak44la";

  @Test
  void takesABasenameApart() {
    StorePath path = StorePath.parse(DIGEST + "-net-tools-1.60_p20170221182432");
    assertThat(path.name()).isEqualTo("net-tools-1.60_p20170221182432");
    assertThat(HexFormat.of().formatHex(path.digest()))
        .isEqualTo("8a12321522fd91efbd60ebb2481af88580f61600");
    assertThat(path.absolutePath())
        .isEqualTo("/nix/store/" + DIGEST + "-net-tools-1.60_p20170221182432");
    assertThat(StorePath.parseAbsolute(path.absolutePath())).isEqualTo(path);
  }

  @Property
  void parsesWhatItWrites(
      @ForAll @Size(20) byte[] digest,
      @ForAll
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = 'A', to = 'Z')
          @CharRange(from = '0', to = '9')
          @Chars({'+', '-', '_', '?', '=', '.'})
          @StringLength(min = 1, max = 211)
          String name) {
    StorePath path = StorePath.of(digest, name);
    assertThat(StorePath.parse(path.basename())).isEqualTo(path).hasSameHashCodeAs(path);
    assertThat(path.name()).isEqualTo(name);
    assertThat(path.digest()).isEqualTo(digest);
    assertThat(path).hasToString(path.basename());
  }

  /// What `nix-store --add hello` prints for a file of the 6 bytes `hello` and a newline.
  @Test
  void makesThePathThatNixMakes() {
    byte[] narSha256 =
        HexFormat.of().parseHex("1c37d01af40be2e80691de3cc3df44377a699afbb17c68f080964b2fd071fc13");
    assertThat(StorePath.ofNar(narSha256, "hello").basename())
        .isEqualTo("gwina1sjk7g95wq6fxc6b7s1hza53h74-hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", DIGEST, DIGEST + "_a", "a/" + DIGEST})
  void refusesAnotherForm(String basename) {
    assertRefused(
        Violation.STORE_PATH_FORM,
        "store path is \"" + basename + "\", want 32 characters, a dash and a name",
        () -> StorePath.parse(basename));
  }

  @Test
  void refusesADigestThatIsNotNixBase32() {
    String basename = DIGEST.replace('d', 'e') + "-a";
    assertRefused(
        Violation.BASE32_CHARACTER,
        "nixbase32 text \"00bge045z0e4icpbc2yyz4gx48ak44la\" has a bad character at 4, want"
            + " 0123456789abcdfghijklmnpqrsvwxyz",
        () -> StorePath.parse(basename));
  }

  @Test
  void refusesUpperCase() {
    assertRefused(
        Violation.BASE32_CHARACTER,
        "nixbase32 text \"00BGD045Z0D4ICPBC2YYZ4GX48AK44LA\" has a bad character at 2, want"
            + " 0123456789abcdfghijklmnpqrsvwxyz",
        () -> StorePath.parse("00BGD045Z0D4ICPBC2YYZ4GX48AK44LA-a"));
  }

  @Test
  void refusesAnEmptyName() {
    assertRefused(
        Violation.STORE_PATH_NAME_LENGTH,
        "store path name has 0 characters, want 1..211",
        () -> StorePath.parse(DIGEST + "-"));
  }

  @Test
  void refusesANameOf212Characters() {
    assertThat(StorePath.parse(DIGEST + "-" + "x".repeat(211)).basename()).hasSize(244);
    assertRefused(
        Violation.STORE_PATH_NAME_LENGTH,
        "store path name has 212 characters, want 1..211",
        () -> StorePath.parse(DIGEST + "-" + "x".repeat(212)));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "/", "\0", "\u00e9", "*", "~", ":", ";", ","})
  void refusesOtherCharactersInAName(String character) {
    String name = "a" + character;
    assertRefused(
        Violation.STORE_PATH_NAME_CHARACTER,
        "store path name "
            + EscapedText.quote(name)
            + " has a bad character at 1, want [A-Za-z0-9+-_?=.]",
        () -> StorePath.parse(DIGEST + "-" + name));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 19, 21, 32})
  void refusesADigestOfAnotherLength(int lengthBytes) {
    assertRefused(
        Violation.DIGEST_LENGTH,
        "store path digest has " + lengthBytes + " bytes, want 20",
        () -> StorePath.of(new byte[lengthBytes], "a"));
  }

  @Test
  void refusesANarDigestOfAnotherLength() {
    assertRefused(
        Violation.DIGEST_LENGTH,
        "SHA-256 has 20 bytes, want 32",
        () -> StorePath.ofNar(new byte[20], "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DIGEST + "-a",
        "/nix/" + DIGEST + "-a",
        "/gnu/store/" + DIGEST + "-a",
        "/nix/store/" + DIGEST + "-a/bin",
        "/nix/store/" + DIGEST + "-a/"
      })
  void refusesWhatIsNotAnEntryOfTheStore(String path) {
    assertRefused(
        Violation.STORE_PATH_DIRECTORY,
        "store path is \"" + path + "\", want an entry of /nix/store",
        () -> StorePath.parseAbsolute(path));
  }

  @Test
  void ordersByBasename() {
    StorePath one = StorePath.parse(DIGEST + "-a");
    assertThat(one)
        .isLessThan(StorePath.parse(DIGEST + "-b"))
        .isNotEqualTo(StorePath.of(one.digest(), "b"));
    assertThat(StorePath.parse("zzbgd045z0d4icpbc2yyz4gx48ak44la-a")).isGreaterThan(one);
  }
}
