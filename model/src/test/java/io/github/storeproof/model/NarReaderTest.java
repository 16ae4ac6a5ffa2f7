package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Archives are words, one for each string; in `nix-archive-1 ( type regular contents x )` the first
/// string is at byte 0, `(` at 24, `type` at 40, `regular` at 56, `contents` at 72, the content's length at 88
/// and the content at 96.
final class NarReaderTest {
  private static final String FILE = "nix-archive-1 ( type regular contents x )";
  private static final String DIRECTORY = "nix-archive-1 ( type directory ";
  private static final String LINK = "( type symlink target t )";

  /// Reads the archive and writes what was read.
  private static byte[] copied(InputStream archive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NarWriter writer = new NarWriter(out);
    NarReader.read(archive, writer);
    writer.finish();
    return out.toByteArray();
  }

  private static byte[] copied(byte[] archive) throws IOException {
    return copied(new ByteArrayInputStream(archive));
  }

  private static void refused(Violation violation, String message, byte[] archive) {
    assertRefused(violation, message, () -> copied(archive));
  }

  @ParameterizedTest
  @CsvSource({
    "nix-archive-1 ( type regular contents ~ )",
    "nix-archive-1 ( type regular contents 12345678 )",
    "nix-archive-1 ( type regular executable ~ contents 123456789 )",
    "nix-archive-1 ( type symlink target ../t )",
    "nix-archive-1 ( type directory )",
    "nix-archive-1 ( type directory entry ( name a node ( type directory ) ) )",
    "nix-archive-1 ( type directory entry ( name a node ( type symlink target t ) )"
        + " entry ( name b node ( type regular contents x ) ) )",
  })
  void readsWhatTheWriterWrites(String words) throws IOException {
    byte[] archive = NarText.of(words);
    assertThat(copied(archive)).isEqualTo(archive);
  }

  @Test
  void tellsAVisitorOfEachNode() throws IOException {
    StringBuilder told = new StringBuilder();
    NarReader.read(
        new ByteArrayInputStream(
            NarText.of(
                DIRECTORY
                    + "entry ( name a node ( type regular executable ~ contents abc ) )"
                    + " entry ( name b node "
                    + LINK
                    + " ) )")),
        new Telling(told));
    assertThat(told.toString())
        .isEqualTo("directory entry a file true 3 abc entry b symlink t end ");
  }

  @Test
  void passesOverContentsThatNobodyReads() throws IOException {
    byte[] large = new byte[300_001];
    byte[] archive =
        NarText.join(
            NarText.of(DIRECTORY + "entry ( name a node ( type regular contents"),
            NarText.number(large.length),
            large,
            new byte[7],
            NarText.of(") ) )"));
    StringBuilder told = new StringBuilder();
    NarReader.read(
        new ByteArrayInputStream(archive),
        new Telling(told) {
          @Override
          public void file(boolean executable, long sizeBytes, InputStream content) {
            told.append("file ").append(sizeBytes).append(' ');
          }
        });
    assertThat(told.toString()).isEqualTo("directory entry a file 300001 end ");
  }

  @ParameterizedTest
  @CsvSource({
    "nix-archive-2 ( type directory ), 0, 'nix-archive-2', 'nix-archive-1'",
    "nix-archive-1 ) type directory ), 24, ')', '('",
    "nix-archive-1 ( typo directory ), 40, 'typo', 'type'",
    "nix-archive-1 ( ( directory ), 40, '(', 'type'",
    "nix-archive-1 ( type Regular contents x ), 56, 'Regular', 'directory or regular or symlink'",
    "nix-archive-1 ( type regular target x ), 72, 'target', 'executable or contents'",
    "nix-archive-1 ( type regular ), 72, ')', 'executable or contents'",
    "nix-archive-1 ( type regular executable ~ ), 104, ')', 'contents'",
    "nix-archive-1 ( type regular executable ~ executable ~ ), 104, 'executable', 'contents'",
    "nix-archive-1 ( type regular contents x contents y ), 104, 'contents', ')'",
    "nix-archive-1 ( type regular contents x executable ~ ), 104, 'executable', ')'",
    "nix-archive-1 ( type regular type regular contents x ), 72, 'type', 'executable or contents'",
    "nix-archive-1 ( type symlink contents t ), 72, 'contents', 'target'",
    "nix-archive-1 ( type symlink target t target t ), 104, 'target', ')'",
    "nix-archive-1 ( type directory name ), 80, 'name', 'entry or )'",
    "nix-archive-1 ( type directory entry ) ), 96, ')', '('",
    "nix-archive-1 ( type directory entry ( node ( type directory ) ) ), 112, 'node', 'name'",
    "nix-archive-1 ( type directory entry ( name a name b node ( type directory ) ) ), 144, 'name', 'node'",
    "nix-archive-1 ( type directory entry ( name a ) ), 144, ')', 'node'",
    "nix-archive-1 ( type directory entry ( name a node ( type directory ) node ( type directory ) ) ),"
        + " 232, 'node', ')'",
  })
  void refusesAnotherString(String words, long offset, String seen, String wanted) {
    String list = '"' + wanted.replace(" or ", "\" or \"") + '"';
    refused(
        Violation.NAR_STRING,
        seen.length() > longest(wanted)
            ? "NAR at byte %d: a string of %d bytes comes, want %s"
                .formatted(offset, seen.length(), list)
            : "NAR at byte %d: \"%s\" comes, want %s".formatted(offset, seen, list),
        NarText.of(words));
  }

  private static int longest(String wanted) {
    return Stream.of(wanted.split(" or ")).mapToInt(String::length).max().orElseThrow();
  }

  @Test
  void refusesAnExecutableWithAValue() {
    refused(
        Violation.NAR_STRING,
        "NAR at byte 96: a string of 1 bytes comes, want \"\"",
        NarText.of("nix-archive-1 ( type regular executable x contents x )"));
  }

  @ParameterizedTest
  @CsvSource({
    "., NAME_DOT, 'name is \".\", want neither . nor ..'",
    ".., NAME_DOT, 'name is \"..\", want neither . nor ..'",
    "a/b, NAME_SLASH, 'name \"a/b\" has a slash at byte 1, want none'",
    "~, NAME_EMPTY, 'name has 0 bytes, want 1..255'",
    "a\0b, NAME_NUL, 'name \"a\\x00b\" has a NUL at byte 1, want none'",
  })
  void refusesANameThatIsNone(String name, Violation violation, String message) {
    refused(
        violation,
        "NAR at byte 128: " + message,
        NarText.of(DIRECTORY + "entry ( name " + name + " node " + LINK + " ) )"));
  }

  @Test
  void refusesNamesOutOfOrderAndTwice() {
    String first = DIRECTORY + "entry ( name b node " + LINK + " ) entry ( name ";
    refused(
        Violation.ENTRY_ORDER,
        "NAR at byte 320: name \"a\" comes after \"b\", want ascending order of bytes",
        NarText.of(first + "a node " + LINK + " ) )"));
    refused(
        Violation.ENTRY_DUPLICATE,
        "NAR at byte 320: name \"b\" is there twice, want each name once",
        NarText.of(first + "b node " + LINK + " ) )"));
  }

  @Test
  void ordersNamesByUnsignedBytes() throws IOException {
    byte[] archive =
        NarText.of(
            DIRECTORY
                + "entry ( name a node "
                + LINK
                + " ) entry ( name \u00e9 node "
                + LINK
                + " ) )");
    assertThat(copied(archive)).isEqualTo(archive);
  }

  @Test
  void refusesLengthsThatNoPlaceAllows() {
    byte[] upToName = NarText.of(DIRECTORY + "entry ( name");
    refused(
        Violation.NAME_TOO_LONG,
        "NAR at byte 128: name has 256 bytes, want 1..255",
        NarText.join(upToName, NarText.string("n".repeat(256))));
    refused(
        Violation.NAME_TOO_LONG,
        "NAR at byte 128: name has 9223372036854775807 bytes, want 1..255",
        NarText.join(upToName, NarText.number(Long.MAX_VALUE)));
    refused(
        Violation.TARGET_TOO_LONG,
        "NAR at byte 88: symlink target has 4096 bytes, want 1..4095",
        NarText.join(
            NarText.of("nix-archive-1 ( type symlink target"), NarText.string("t".repeat(4096))));
    refused(
        Violation.NAR_STRING,
        "NAR at byte 0: a string of 18446744073709551615 bytes comes, want \"nix-archive-1\"",
        NarText.number(-1));
    byte[] upToContent = NarText.of("nix-archive-1 ( type regular contents");
    refused(
        Violation.SIZE_RANGE,
        "NAR at byte 88: size is 9223372036854775808, want at most 9223372036854775807",
        NarText.join(upToContent, NarText.number(Long.MIN_VALUE)));
    refused(
        Violation.NAR_TRUNCATED,
        "NAR at byte 97: the archive ends, want 9223372036854775806 more bytes of a content",
        NarText.join(upToContent, NarText.number(Long.MAX_VALUE), new byte[1]));
  }

  @Test
  void refusesPaddingThatIsNotZero() {
    byte[] archive = NarText.of(FILE);
    for (int place : new int[] {8 + 13, 32 + 1, 96 + 1, 103, archive.length - 1}) {
      byte[] wrong = archive.clone();
      wrong[place] = 0x20;
      refused(Violation.NAR_PADDING, "NAR at byte " + place + ": padding is 0x20, want 0", wrong);
    }
  }

  @Test
  void refusesBytesAfterTheEnd() {
    for (byte[] more : new byte[][] {new byte[1], new byte[8], NarText.of(FILE)}) {
      refused(
          Violation.NAR_TRAILING,
          "NAR at byte 120: bytes come after the root node, want the end",
          NarText.join(NarText.of(FILE), more));
    }
  }

  @Test
  void refusesACutAtEveryByte() {
    String entries =
        "entry ( name a node ( type directory entry ( name b node ( type regular executable ~ contents x ) ) ) ) ";
    for (String words :
        new String[] {FILE, DIRECTORY + entries + "entry ( name c node " + LINK + " ) )"}) {
      byte[] whole = NarText.of(words);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> copied(cut))
            .isInstanceOfSatisfying(
                InvalidDataException.class,
                refusal -> assertThat(refusal.violation()).isEqualTo(Violation.NAR_TRUNCATED))
            .hasMessageContaining("NAR at byte " + length + ": the archive ends");
      }
    }
  }

  @Test
  void readsDirectoriesThatAreVeryDeep() throws IOException {
    byte[] archive = deep(NarReader.MAX_DEPTH);
    assertThat(Arrays.equals(copied(archive), archive)).isTrue();
  }

  @Test
  void refusesDirectoriesThatAreDeeper() {
    refused(
        Violation.NAR_DEPTH,
        "NAR at byte %d: a directory comes in 65536 others, want at most 65536"
            .formatted(80 + 65_536L * 136),
        deep(NarReader.MAX_DEPTH + 1));
  }

  /// So many directories in each other.
  private static byte[] deep(int depth) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(NarText.of("nix-archive-1 ( type directory"));
    byte[] head = NarText.of("entry ( name d node ( type directory");
    byte[] tail = NarText.of(") )");
    for (int level = 1; level < depth; level++) {
      bytes.writeBytes(head);
    }
    for (int level = 1; level < depth; level++) {
      bytes.writeBytes(tail);
    }
    bytes.writeBytes(NarText.of(")"));
    return bytes.toByteArray();
  }

  @Test
  void passesOnWhatAStreamFailsWith() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    assertThatThrownBy(() -> copied(closed))
        .isInstanceOf(IOException.class)
        .hasMessage("Stream closed");
  }

  /// Writes down what it is told.
  private static class Telling implements NarVisitor {
    private final StringBuilder told;

    Telling(StringBuilder told) {
      this.told = told;
    }

    @Override
    public void directory() {
      told.append("directory ");
    }

    @Override
    public void entry(PathComponent name) {
      told.append("entry ").append(name).append(' ');
    }

    @Override
    public void endDirectory() {
      told.append("end ");
    }

    @Override
    public void file(boolean executable, long sizeBytes, InputStream content) throws IOException {
      told.append("file ").append(executable).append(' ').append(sizeBytes).append(' ');
      told.append(new String(content.readAllBytes(), UTF_8)).append(' ');
    }

    @Override
    public void symlink(SymlinkTarget target) {
      told.append("symlink ").append(target).append(' ');
    }
  }
}
