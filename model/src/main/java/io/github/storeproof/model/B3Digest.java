package io.github.storeproof.model;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// The BLAKE3 digest of some bytes: the name under which a store knows them.
///
/// As text it is `blake3-` and padded standard base64, the form of extended attributes, command
/// lines and messages. *Immutable*; ordered by unsigned bytes.
public final class B3Digest implements Comparable<B3Digest> {
  /// The bytes of a digest.
  public static final int LENGTH_BYTES = 32;

  private static final String PREFIX = "blake3-";

  private final byte[] bytes;

  private B3Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The digest with these bytes, which are copied.
  ///
  /// @throws InvalidDataException when there are not exactly 32
  public static B3Digest of(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      throw new InvalidDataException(
          Violation.DIGEST_LENGTH, "digest has " + bytes.length + " bytes, want " + LENGTH_BYTES);
    }
    return new B3Digest(bytes.clone());
  }

  /// The digest that [#toString] writes as `text`.
  ///
  /// @throws InvalidDataException when it is in any other form
  public static B3Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw badText(text);
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException notBase64) {
      throw badText(text);
    }
    B3Digest digest = of(bytes);
    // The decoder forgives missing padding and stray low bits; one digest has one text.
    if (!digest.toString().equals(text)) {
      throw badText(text);
    }
    return digest;
  }

  private static InvalidDataException badText(String text) {
    return new InvalidDataException(
        Violation.DIGEST_TEXT,
        "digest is " + EscapedText.quote(text) + ", want blake3- and padded base64 of 32 bytes");
  }

  /// A copy of the 32 bytes.
  public byte[] toBytes() {
    return bytes.clone();
  }

  /// The digest in 64 lower-case hexadecimal characters.
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  void copyTo(byte[] destination, int offset) {
    System.arraycopy(bytes, 0, destination, offset, LENGTH_BYTES);
  }

  @Override
  public int compareTo(B3Digest other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof B3Digest digest && Arrays.equals(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }
}
