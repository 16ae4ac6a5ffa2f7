package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathComponentTest {
  @Test
  void takesEveryByteButSlashAndNul() {
    for (int b = 1; b < 256; b++) {
      if (b != '/' && b != '.') {
        byte[] name = {(byte) b};
        assertThat(PathComponent.of(name).toBytes()).isEqualTo(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"...", ".a", "a.", "..a", " ", "-rf", "\n"})
  void takesNamesThatOnlyLookOdd(String name) {
    assertThat(PathComponent.of(name).matches(name.getBytes(ISO_8859_1))).isTrue();
  }

  @Test
  void takes255Bytes() {
    assertThat(PathComponent.of("x".repeat(255)).lengthBytes()).isEqualTo(255);
  }

  @Test
  void refusesNoBytes() {
    assertRefused(
        Violation.NAME_EMPTY, "name has 0 bytes, want 1..255", () -> PathComponent.of(new byte[0]));
  }

  @Test
  void refuses256Bytes() {
    assertRefused(
        Violation.NAME_TOO_LONG,
        "name has 256 bytes, want 1..255",
        () -> PathComponent.of("x".repeat(256)));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void refusesDots(String name) {
    assertRefused(
        Violation.NAME_DOT,
        "name is \"" + name + "\", want neither . nor ..",
        () -> PathComponent.of(name));
  }

  @Test
  void refusesASlash() {
    assertRefused(
        Violation.NAME_SLASH,
        "name \"a/b\" has a slash at byte 1, want none",
        () -> PathComponent.of("a/b"));
  }

  @Test
  void refusesANul() {
    assertRefused(
        Violation.NAME_NUL,
        "name \"ab\\x00\" has a NUL at byte 2, want none",
        () -> PathComponent.of("ab\0"));
  }

  @Test
  void refusesHalfACharacterOfAProgram() {
    assertThatThrownBy(() -> PathComponent.of("\uD800"))
        .isInstanceOf(IllegalArgumentException.class)
        .isNotInstanceOf(InvalidDataException.class);
  }

  @Test
  void writesOddBytesEscaped() {
    assertThat(PathComponent.of(new byte[] {'a', ' ', '\\', (byte) 0xE9, '\n', '~', 0x7F}))
        .hasToString("a \\\\\\xe9\\x0a~\\x7f");
  }

  @Property
  void ordersByUnsignedBytes(
      @ForAll @Size(min = 1, max = 4) byte[] one, @ForAll @Size(min = 1, max = 4) byte[] other) {
    byte[] left = withoutForbidden(one);
    byte[] right = withoutForbidden(other);
    int order = PathComponent.of(left).compareTo(PathComponent.of(right));
    assertThat(Integer.signum(order))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(left, right)));
    assertThat(order == 0).isEqualTo(PathComponent.of(left).equals(PathComponent.of(right)));
  }

  private static byte[] withoutForbidden(byte[] bytes) {
    byte[] name = bytes.clone();
    for (int i = 0; i < name.length; i++) {
      name[i] = name[i] == '/' || name[i] == 0 || name[i] == '.' ? (byte) 0xFF : name[i];
    }
    return name;
  }

  @Test
  void keepsItsBytesFromBothEnds() {
    byte[] bytes = {'a'};
    PathComponent name = PathComponent.of(bytes);
    bytes[0] = 'b';
    name.toBytes()[0] = 'b';
    assertThat(name).isEqualTo(PathComponent.of("a")).hasSameHashCodeAs(PathComponent.of("a"));
  }
}
