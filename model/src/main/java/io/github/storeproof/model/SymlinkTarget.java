package io.github.storeproof.model;

import java.util.Arrays;

/// Where a symlink points: 1..4095 bytes, any but NUL.
///
/// A target is never resolved or normalised; it may dangle. *Immutable*; ordered by unsigned bytes.
public final class SymlinkTarget implements Comparable<SymlinkTarget> {
  /// The most bytes a target has: Linux's `PATH_MAX` without the NUL.
  public static final int MAX_LENGTH_BYTES = 4095;

  private final byte[] bytes;

  private SymlinkTarget(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The target with these bytes, which are copied.
  ///
  /// @throws InvalidDataException when they are no target
  public static SymlinkTarget of(byte[] bytes) {
    return checked(bytes.clone());
  }

  /// The target that is `text` in UTF-8.
  ///
  /// @throws InvalidDataException when it is no target
  /// @throws IllegalArgumentException when the string has an unpaired surrogate
  public static SymlinkTarget of(String text) {
    return checked(Utf8.bytesOf(text));
  }

  private static SymlinkTarget checked(byte[] bytes) {
    if (bytes.length == 0) {
      throw new InvalidDataException(
          Violation.TARGET_EMPTY, "symlink target has 0 bytes, want 1.." + MAX_LENGTH_BYTES);
    }
    if (bytes.length > MAX_LENGTH_BYTES) {
      throw new InvalidDataException(
          Violation.TARGET_TOO_LONG,
          "symlink target has " + bytes.length + " bytes, want 1.." + MAX_LENGTH_BYTES);
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new InvalidDataException(
            Violation.TARGET_NUL,
            "symlink target "
                + EscapedText.quote(bytes)
                + " has a NUL at byte "
                + i
                + ", want none");
      }
    }
    return new SymlinkTarget(bytes);
  }

  /// A copy of the bytes.
  public byte[] toBytes() {
    return bytes.clone();
  }

  /// How many bytes the target has: the `st_size` of the link.
  public int lengthBytes() {
    return bytes.length;
  }

  /// Whether these are the bytes of the target.
  public boolean matches(byte[] target) {
    return Arrays.equals(bytes, target);
  }

  void copyTo(byte[] destination, int offset) {
    System.arraycopy(bytes, 0, destination, offset, bytes.length);
  }

  @Override
  public int compareTo(SymlinkTarget other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SymlinkTarget target && Arrays.equals(bytes, target.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The target with each byte that is not printable ASCII as `\xNN`, and a backslash doubled.
  @Override
  public String toString() {
    return EscapedText.of(bytes);
  }
}
