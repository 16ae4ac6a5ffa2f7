package io.github.storeproof.model;

import java.util.Arrays;

/// The name of an entry in a directory: 1..255 bytes, any but slash and NUL, and not `.` or `..`.
///
/// Names are bytes; nothing here assumes UTF-8. *Immutable*; ordered by unsigned bytes, as the lists
/// of a directory are.
public final class PathComponent implements Comparable<PathComponent> {
  /// The most bytes a name has.
  public static final int MAX_LENGTH_BYTES = 255;

  private final byte[] bytes;

  private PathComponent(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The name with these bytes, which are copied.
  ///
  /// @throws InvalidDataException when they are no name
  public static PathComponent of(byte[] bytes) {
    return checked(bytes.clone());
  }

  /// The name that is `text` in UTF-8.
  ///
  /// @throws InvalidDataException when it is no name
  /// @throws IllegalArgumentException when the string has an unpaired surrogate
  public static PathComponent of(String text) {
    return checked(Utf8.bytesOf(text));
  }

  private static PathComponent checked(byte[] bytes) {
    if (bytes.length == 0) {
      throw new InvalidDataException(
          Violation.NAME_EMPTY, "name has 0 bytes, want 1.." + MAX_LENGTH_BYTES);
    }
    if (bytes.length > MAX_LENGTH_BYTES) {
      throw new InvalidDataException(
          Violation.NAME_TOO_LONG,
          "name has " + bytes.length + " bytes, want 1.." + MAX_LENGTH_BYTES);
    }
    for (int i = 0; i < bytes.length; i++) {
      checkByte(bytes, i);
    }
    if (bytes[0] == '.' && (bytes.length == 1 || (bytes.length == 2 && bytes[1] == '.'))) {
      throw new InvalidDataException(
          Violation.NAME_DOT, "name is " + EscapedText.quote(bytes) + ", want neither . nor ..");
    }
    return new PathComponent(bytes);
  }

  private static void checkByte(byte[] bytes, int index) {
    if (bytes[index] == '/') {
      throw new InvalidDataException(
          Violation.NAME_SLASH,
          "name " + EscapedText.quote(bytes) + " has a slash at byte " + index + ", want none");
    }
    if (bytes[index] == 0) {
      throw new InvalidDataException(
          Violation.NAME_NUL,
          "name " + EscapedText.quote(bytes) + " has a NUL at byte " + index + ", want none");
    }
  }

  /// A copy of the bytes.
  public byte[] toBytes() {
    return bytes.clone();
  }

  /// How many bytes the name has.
  public int lengthBytes() {
    return bytes.length;
  }

  /// Whether these are the bytes of the name.
  public boolean matches(byte[] name) {
    return Arrays.equals(bytes, name);
  }

  int compareToBytes(byte[] name) {
    return Arrays.compareUnsigned(bytes, name);
  }

  void copyTo(byte[] destination, int offset) {
    System.arraycopy(bytes, 0, destination, offset, bytes.length);
  }

  @Override
  public int compareTo(PathComponent other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathComponent name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The name with each byte that is not printable ASCII as `\xNN`, and a backslash doubled.
  @Override
  public String toString() {
    return EscapedText.of(bytes);
  }
}
