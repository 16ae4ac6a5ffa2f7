package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A token is written as a length of 8 bytes, its bytes, and zeros up to a multiple of 8.
final class NarWriterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final NarWriter nar = new NarWriter(out);

  private static byte[] tokens(String... tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String token : tokens) {
      byte[] content = token.getBytes(ISO_8859_1);
      bytes.writeBytes(
          new byte[] {(byte) content.length, (byte) (content.length >> 8), 0, 0, 0, 0, 0, 0});
      bytes.writeBytes(content);
      bytes.writeBytes(new byte[(8 - content.length % 8) % 8]);
    }
    return bytes.toByteArray();
  }

  private void file(boolean executable, String content) throws IOException {
    byte[] bytes = content.getBytes(ISO_8859_1);
    nar.file(executable, bytes.length, new ByteArrayInputStream(bytes));
  }

  private static PathComponent name(String name) {
    return PathComponent.of(name.getBytes(ISO_8859_1));
  }

  private static void assertWrongOrder(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 16, 1000, 65_535})
  void padsAFileToAMultipleOf8Bytes(int lengthBytes) throws IOException {
    String content = "x".repeat(lengthBytes);
    file(false, content);
    nar.finish();
    assertThat(out.toByteArray())
        .isEqualTo(tokens("nix-archive-1", "(", "type", "regular", "contents", content, ")"));
  }

  @Test
  void marksAnExecutable() throws IOException {
    file(true, "#!");
    assertThat(out.toByteArray())
        .isEqualTo(
            tokens(
                "nix-archive-1", "(", "type", "regular", "executable", "", "contents", "#!", ")"));
  }

  @Test
  void writesASymlink() throws IOException {
    nar.symlink(SymlinkTarget.of("../\n"));
    assertThat(out.toByteArray())
        .isEqualTo(tokens("nix-archive-1", "(", "type", "symlink", "target", "../\n", ")"));
  }

  @Test
  void writesAnEmptyDirectory() throws IOException {
    nar.directory();
    nar.endDirectory();
    nar.finish();
    assertThat(out.toByteArray()).isEqualTo(tokens("nix-archive-1", "(", "type", "directory", ")"));
  }

  @Test
  void writesEntriesOfEachKind() throws IOException {
    nar.directory();
    nar.entry(name("a"));
    nar.directory();
    nar.entry(name("f"));
    file(false, "1");
    nar.endDirectory();
    nar.entry(name("\u00e9"));
    nar.symlink(SymlinkTarget.of("a"));
    nar.endDirectory();
    nar.finish();

    assertThat(out.toByteArray())
        .isEqualTo(
            tokens(
                ("nix-archive-1 ( type directory"
                        + " entry ( name a node ( type directory"
                        + " entry ( name f node ( type regular contents 1 ) ) ) )"
                        + " entry ( name \u00e9 node ( type symlink target a ) ) )")
                    .split(" ")));
  }

  @Test
  void refusesNamesOutOfOrder() throws IOException {
    nar.directory();
    nar.entry(name("\u00e9"));
    file(false, "");
    assertRefused(
        Violation.ENTRY_ORDER,
        "name \"z\" comes after \"\\xe9\", want ascending order of bytes",
        () -> nar.entry(name("z")));
  }

  @Test
  void refusesANameTwice() throws IOException {
    nar.directory();
    nar.entry(name("a"));
    file(false, "");
    assertRefused(
        Violation.ENTRY_DUPLICATE,
        "name \"a\" is there twice, want each name once",
        () -> nar.entry(name("a")));
  }

  @Test
  void refusesContentThatEndsEarly() {
    assertRefused(
        Violation.SIZE_MISMATCH,
        "content ends after 3 bytes, want 4",
        () -> nar.file(false, 4, new ByteArrayInputStream(new byte[3])));
  }

  @Test
  void refusesContentThatGoesOn() {
    assertRefused(
        Violation.SIZE_MISMATCH,
        "content goes on after 2 bytes, want its end",
        () -> nar.file(false, 2, new ByteArrayInputStream(new byte[3])));
  }

  @Test
  void refusesANegativeSize() {
    assertRefused(
        Violation.SIZE_RANGE,
        "size is 18446744073709551615, want at most 9223372036854775807",
        () -> nar.file(false, -1, new ByteArrayInputStream(new byte[0])));
    assertThat(out.size()).isZero();
  }

  @Test
  void refusesCallsInAnotherOrder() throws IOException {
    assertWrongOrder("archive has no node, want one", nar::finish);
    assertWrongOrder("entry comes outside a directory, want it inside", () -> nar.entry(name("a")));
    assertWrongOrder(
        "end of a directory comes outside a directory, want it inside", nar::endDirectory);
    nar.directory();
    assertWrongOrder("1 directories are still open, want none", nar::finish);
    assertWrongOrder(
        "node comes without an entry's name, want entry(name) first", () -> file(false, ""));
    nar.entry(name("a"));
    assertWrongOrder("entry \"a\" has no node, want one", () -> nar.entry(name("b")));
    assertWrongOrder("entry \"a\" has no node, want one", nar::endDirectory);
    file(false, "");
    nar.endDirectory();
    assertWrongOrder("archive has its node already, want only one", nar::directory);
    nar.finish();
  }

  @Test
  void writesADirectoryThatIsVeryDeep() throws IOException {
    nar.directory();
    for (int depth = 0; depth < 20_000; depth++) {
      nar.entry(name("d"));
      nar.directory();
    }
    for (int depth = 0; depth <= 20_000; depth++) {
      nar.endDirectory();
    }
    nar.finish();
    assertThat(out.size()).isGreaterThan(20_000 * 8);
  }
}
