package io.github.storeproof.model;

import static io.github.storeproof.model.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Encodings are spelled as hexadecimal, a field at a time:
///
/// ```
/// 0a LL                    directories, length
///    0a 01 61              name "a"
///    12 20 <32 bytes>      digest
///    18 02                 size 2
/// 12 LL                    files, length
///    0a 01 62   12 20 <32 bytes>   18 05   20 01     name, digest, size, executable
/// 1a LL                    symlinks, length
///    0a 01 63   12 01 78   name, target
/// ```
final class DirectoryCodecTest {
  private static final String DIGEST = "1220" + "11".repeat(32);
  private static final String NAME_A = "0a0161";
  private static final String NAME_B = "0a0162";
  private static final String NAME_C = "0a0163";
  private static final String TARGET_X = "120178";

  private static String directory(String fields) {
    return "0a" + length(fields) + fields;
  }

  private static String file(String fields) {
    return "12" + length(fields) + fields;
  }

  private static String symlink(String fields) {
    return "1a" + length(fields) + fields;
  }

  private static String length(String hex) {
    assertThat(hex.length() / 2).isLessThan(128);
    return HexFormat.of().toHexDigits((byte) (hex.length() / 2));
  }

  private static Directory decode(String hex) {
    return DirectoryCodec.decode(HexFormat.of().parseHex(hex));
  }

  private static void assertDecodeRefused(Violation violation, String message, String hex) {
    assertRefused(violation, message, () -> decode(hex));
  }

  @Test
  void encodesEachKindOfEntry() {
    B3Digest digest = B3Digest.of(HexFormat.of().parseHex("11".repeat(32)));
    Directory directory =
        Directory.builder()
            .add(PathComponent.of("c"), new SymlinkNode(SymlinkTarget.of("x")))
            .add(PathComponent.of("b"), new FileNode(digest, 5, true))
            .add(PathComponent.of("a"), new DirectoryNode(digest, 300))
            .build();
    String hex =
        directory(NAME_A + DIGEST + "18ac02")
            + file(NAME_B + DIGEST + "1805" + "2001")
            + symlink(NAME_C + TARGET_X);

    assertThat(HexFormat.of().formatHex(DirectoryCodec.encode(directory))).isEqualTo(hex);
    assertThat(decode(hex)).isEqualTo(directory);
  }

  @Test
  void leavesDefaultsOut() {
    B3Digest digest = B3Digest.of(HexFormat.of().parseHex("11".repeat(32)));
    Directory directory =
        Directory.builder()
            .add(PathComponent.of("a"), new DirectoryNode(digest, 0))
            .add(PathComponent.of("b"), new FileNode(digest, 0, false))
            .build();

    assertThat(HexFormat.of().formatHex(DirectoryCodec.encode(directory)))
        .isEqualTo(directory(NAME_A + DIGEST) + file(NAME_B + DIGEST));
  }

  @Test
  void sortsEachListAndNotAllOfThem() {
    Directory directory =
        decode(directory(NAME_B + DIGEST) + file(NAME_A + DIGEST) + symlink(NAME_C + TARGET_X));
    assertThat(directory.nameAt(0)).isEqualTo(PathComponent.of("a"));
    assertThat(directory.nameAt(1)).isEqualTo(PathComponent.of("b"));
  }

  @Test
  void theEmptyDirectoryIsNoBytes() {
    assertThat(DirectoryCodec.encode(Directory.EMPTY)).isEmpty();
    assertThat(DirectoryCodec.decode(new byte[0])).isEqualTo(Directory.EMPTY);
  }

  @Test
  void refusesAMissingName() {
    assertDecodeRefused(
        Violation.NAME_EMPTY, "files[0]: name has 0 bytes, want 1..255", file(DIGEST));
  }

  @Test
  void refusesABadNameInEachList() {
    String slash = "0a012f";
    String message = "[0]: name \"/\" has a slash at byte 0, want none";
    assertDecodeRefused(Violation.NAME_SLASH, "directories" + message, directory(slash + DIGEST));
    assertDecodeRefused(Violation.NAME_SLASH, "files" + message, file(slash + DIGEST));
    assertDecodeRefused(Violation.NAME_SLASH, "symlinks" + message, symlink(slash + TARGET_X));
  }

  @Test
  void refusesAMissingDigest() {
    assertDecodeRefused(
        Violation.DIGEST_LENGTH, "directories[0]: digest has 0 bytes, want 32", directory(NAME_A));
  }

  @Test
  void refusesAShortDigest() {
    assertDecodeRefused(
        Violation.DIGEST_LENGTH,
        "files[0]: digest has 31 bytes, want 32",
        file(NAME_A + "121f" + "11".repeat(31)));
  }

  @Test
  void refusesAMissingTarget() {
    assertDecodeRefused(
        Violation.TARGET_EMPTY,
        "symlinks[0]: symlink target has 0 bytes, want 1..4095",
        symlink(NAME_A));
  }

  @Test
  void refusesATargetWithANul() {
    assertDecodeRefused(
        Violation.TARGET_NUL,
        "symlinks[0]: symlink target \"\\x00\" has a NUL at byte 0, want none",
        symlink(NAME_A + "120100"));
  }

  @Test
  void refusesASizeOf64Bits() {
    assertDecodeRefused(
        Violation.SIZE_RANGE,
        "files[0]: size is 18446744073709551615, want at most 9223372036854775807",
        file(NAME_A + DIGEST + "18ffffffffffffffffff01"));
  }

  @Test
  void refusesSizesWhoseSumOverflows() {
    String most = "18feffffffffffffff7f";
    assertDecodeRefused(
        Violation.SIZE_OVERFLOW,
        "sizes of the entries add up to more than a directory's size can be, want at most"
            + " 9223372036854775807",
        directory(NAME_A + DIGEST + most) + directory(NAME_B + DIGEST + most));
  }

  @Test
  void refusesUnsortedNames() {
    assertDecodeRefused(
        Violation.ENTRY_ORDER,
        "symlinks[1]: name \"a\" comes after \"b\", want ascending order of bytes",
        symlink(NAME_B + TARGET_X) + symlink(NAME_A + TARGET_X));
  }

  @Test
  void comparesNamesAsUnsignedBytes() {
    assertDecodeRefused(
        Violation.ENTRY_ORDER,
        "symlinks[1]: name \"a\" comes after \"\\xe9\", want ascending order of bytes",
        symlink("0a01e9" + TARGET_X) + symlink(NAME_A + TARGET_X));
  }

  @Test
  void refusesANameTwiceInOneList() {
    assertDecodeRefused(
        Violation.ENTRY_DUPLICATE,
        "files[1]: name \"a\" is there twice, want each name once",
        file(NAME_A + DIGEST) + file(NAME_A + DIGEST));
  }

  @Test
  void refusesANameTwiceOverTheLists() {
    String message = "name \"a\" is there twice, want each name once";
    String directory = directory(NAME_A + DIGEST);
    String file = file(NAME_A + DIGEST);
    String symlink = symlink(NAME_A + TARGET_X);
    assertDecodeRefused(Violation.ENTRY_DUPLICATE, message, directory + file);
    assertDecodeRefused(Violation.ENTRY_DUPLICATE, message, directory + symlink);
    assertDecodeRefused(Violation.ENTRY_DUPLICATE, message, file + symlink);
  }

  @Test
  void refusesListsOutOfOrder() {
    assertDecodeRefused(
        Violation.WIRE_FIELD_ORDER,
        "field 1 comes after field 2, want ascending order",
        file(NAME_B + DIGEST) + directory(NAME_A + DIGEST));
  }

  @Test
  void refusesFieldsOutOfOrder() {
    assertDecodeRefused(
        Violation.WIRE_FIELD_ORDER,
        "symlinks[0]: field 1 comes after field 2, want ascending order",
        symlink(TARGET_X + NAME_A));
  }

  @Test
  void refusesAFieldTwice() {
    assertDecodeRefused(
        Violation.WIRE_FIELD_REPEATED,
        "symlinks[0]: field 1 comes twice, want it once",
        symlink(NAME_A + NAME_B + TARGET_X));
  }

  @Test
  void refusesAnUnknownList() {
    assertDecodeRefused(Violation.WIRE_UNKNOWN_FIELD, "field has number 4, want 1..3", "2200");
  }

  @Test
  void refusesFieldZero() {
    assertDecodeRefused(
        Violation.WIRE_UNKNOWN_FIELD,
        "field has number 0, want 1..3",
        symlink(NAME_A + TARGET_X) + "00");
  }

  @Test
  void refusesAnUnknownFieldInEachEntry() {
    assertDecodeRefused(
        Violation.WIRE_UNKNOWN_FIELD,
        "directories[0]: field has number 4, want 1..3",
        directory(NAME_A + DIGEST + "2001"));
    assertDecodeRefused(
        Violation.WIRE_UNKNOWN_FIELD,
        "files[0]: field has number 5, want 1..4",
        file(NAME_A + DIGEST + "2801"));
    assertDecodeRefused(
        Violation.WIRE_UNKNOWN_FIELD,
        "symlinks[0]: field has number 3, want 1..2",
        symlink(NAME_A + TARGET_X + "1801"));
  }

  @Test
  void refusesAFieldNumberOfAllBits() {
    assertDecodeRefused(
        Violation.WIRE_UNKNOWN_FIELD,
        "field has number 2305843009213693951, want 1..3",
        "ffffffffffffffffff01");
  }

  @Test
  void refusesAnotherWireType() {
    assertDecodeRefused(
        Violation.WIRE_TYPE, "directories[0]: field 1 has wire type 0, want 2", "0801");
    assertDecodeRefused(
        Violation.WIRE_TYPE,
        "files[0]: field 3 has wire type 2, want 0",
        file(NAME_A + DIGEST + "1a0101"));
    assertDecodeRefused(
        Violation.WIRE_TYPE,
        "symlinks[0]: field 2 has wire type 5, want 2",
        symlink(NAME_A + "1578000000"));
  }

  @Test
  void refusesALongerVarintThanNeeded() {
    assertDecodeRefused(
        Violation.WIRE_VARINT_NOT_MINIMAL,
        "files[0]: value 5 takes 2 bytes, want 1",
        file(NAME_A + DIGEST + "188500"));
    assertDecodeRefused(
        Violation.WIRE_VARINT_NOT_MINIMAL,
        "symlinks[0]: length 1 takes 3 bytes, want 1",
        symlink("0a81800061" + TARGET_X));
    assertDecodeRefused(
        Violation.WIRE_VARINT_NOT_MINIMAL, "tag 26 takes 2 bytes, want 1", "9a0000");
  }

  @Test
  void refusesAVarintOfMoreThan64Bits() {
    assertDecodeRefused(
        Violation.WIRE_VARINT_RANGE,
        "files[0]: value has more than 64 bits, want at most 64",
        file(NAME_A + DIGEST + "18ffffffffffffffffff02"));
    assertDecodeRefused(
        Violation.WIRE_VARINT_RANGE,
        "tag has more than 64 bits, want at most 64",
        "8080808080808080808001");
  }

  @Test
  void refusesABoolThatIsNeither() {
    assertDecodeRefused(
        Violation.WIRE_BOOL_RANGE,
        "files[0]: field 4 is 2, want 0 or 1",
        file(NAME_A + DIGEST + "2002"));
  }

  @Test
  void refusesDefaultsThatAreSpelledOut() {
    assertDecodeRefused(
        Violation.WIRE_DEFAULT_SPELLED_OUT,
        "files[0]: field 3 spells out its default (0), want it left out",
        file(NAME_A + DIGEST + "1800"));
    assertDecodeRefused(
        Violation.WIRE_DEFAULT_SPELLED_OUT,
        "files[0]: field 4 spells out its default (0), want it left out",
        file(NAME_A + DIGEST + "2000"));
    assertDecodeRefused(
        Violation.WIRE_DEFAULT_SPELLED_OUT,
        "symlinks[0]: field 1 spells out its default (no bytes), want it left out",
        symlink("0a00" + TARGET_X));
  }

  @Test
  void refusesTruncation() {
    assertDecodeRefused(
        Violation.WIRE_TRUNCATED,
        "symlinks[0]: length ends after 0 bytes, want a last byte below 0x80",
        "1a");
    assertDecodeRefused(
        Violation.WIRE_TRUNCATED, "symlinks[0]: field 3 has 1 bytes left, want 6", "1a060a");
    assertDecodeRefused(
        Violation.WIRE_TRUNCATED,
        "symlinks[0]: field 2 has 0 bytes left, want 1",
        symlink(NAME_A + "1201"));
    assertDecodeRefused(
        Violation.WIRE_TRUNCATED,
        "tag ends after 1 bytes, want a last byte below 0x80",
        symlink(NAME_A + TARGET_X) + "9a");
  }

  @Test
  void refusesALengthBeyondItsMessage() {
    assertDecodeRefused(
        Violation.WIRE_TRUNCATED,
        "symlinks[0]: field 2 has 1 bytes left, want 2",
        symlink(NAME_A + "120278") + symlink(NAME_B + TARGET_X));
  }

  @Test
  void refusesALengthOfAlmostEverythingWithoutAllocatingIt() {
    assertDecodeRefused(
        Violation.WIRE_TRUNCATED,
        "symlinks[0]: field 3 has 0 bytes left, want 2147483647",
        "1affffffff07");
    assertDecodeRefused(
        Violation.WIRE_TRUNCATED,
        "symlinks[0]: field 3 has 0 bytes left, want 18446744073709551615",
        "1affffffffffffffffff01");
  }
}
