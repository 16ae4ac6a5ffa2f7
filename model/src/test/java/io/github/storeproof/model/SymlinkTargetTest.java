package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SymlinkTargetTest {
  @Test
  void takesEveryByteButNul() {
    byte[] bytes = new byte[255];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    SymlinkTarget target = SymlinkTarget.of(bytes);
    assertThat(target.toBytes()).isEqualTo(bytes);
    assertThat(target.matches(bytes)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4095})
  void takes1To4095Bytes(int lengthBytes) {
    assertThat(SymlinkTarget.of("/".repeat(lengthBytes)).lengthBytes()).isEqualTo(lengthBytes);
  }

  @Test
  void refusesNoBytes() {
    assertRefused(
        Violation.TARGET_EMPTY,
        "symlink target has 0 bytes, want 1..4095",
        () -> SymlinkTarget.of(""));
  }

  @Test
  void refuses4096Bytes() {
    assertRefused(
        Violation.TARGET_TOO_LONG,
        "symlink target has 4096 bytes, want 1..4095",
        () -> SymlinkTarget.of("x".repeat(4096)));
  }

  @Test
  void refusesANul() {
    assertRefused(
        Violation.TARGET_NUL,
        "symlink target \"\\x00a\" has a NUL at byte 0, want none",
        () -> SymlinkTarget.of("\0a"));
  }

  @Test
  void cutsALongTargetInAMessage() {
    assertRefused(
        Violation.TARGET_NUL,
        "symlink target \"" + "x".repeat(300) + "\"... has a NUL at byte 1000, want none",
        () -> SymlinkTarget.of("x".repeat(1000) + "\0"));
  }

  @Test
  void isAValue() {
    SymlinkTarget target = SymlinkTarget.of("../a b");
    assertThat(target)
        .isEqualTo(SymlinkTarget.of("../a b"))
        .hasSameHashCodeAs(SymlinkTarget.of("../a b"))
        .isLessThan(SymlinkTarget.of(new byte[] {(byte) 0xE9}))
        .hasToString("../a b");
  }
}
