package io.github.storeproof.model;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// An ed25519 signature over a path info's fingerprint, and the name of its key. *Immutable*.
public final class Signature {
  /// The bytes of a signature.
  public static final int LENGTH_BYTES = 64;

  private final String keyName;
  private final byte[] bytes;

  private Signature(String keyName, byte[] bytes) {
    this.keyName = keyName;
    this.bytes = bytes;
  }

  /// The signature with these bytes, which are copied, by the key of this name.
  ///
  /// @param keyName printable ASCII without blanks and colons, as in `cache.example.org-1`: nothing
  ///     that would end the name, or the line, in a narinfo
  /// @throws InvalidDataException when the name is none or there are not 64 bytes
  public static Signature of(String keyName, byte[] bytes) {
    if (keyName.isEmpty() || !keyName.chars().allMatch(Signature::isNameCharacter)) {
      throw new InvalidDataException(
          Violation.SIGNATURE_NAME,
          "signature's key is named "
              + EscapedText.quote(keyName)
              + ", want 1 or more printable characters without blank and colon");
    }
    if (bytes.length != LENGTH_BYTES) {
      throw new InvalidDataException(
          Violation.SIGNATURE_LENGTH,
          "signature has " + bytes.length + " bytes, want " + LENGTH_BYTES);
    }
    return new Signature(keyName, bytes.clone());
  }

  private static boolean isNameCharacter(int c) {
    return c > ' ' && c <= '~' && c != ':';
  }

  /// The name of the key.
  public String keyName() {
    return keyName;
  }

  /// A copy of the 64 bytes.
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Signature signature
        && keyName.equals(signature.keyName)
        && Arrays.equals(bytes, signature.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * keyName.hashCode() + Arrays.hashCode(bytes);
  }

  /// The text of a narinfo's `Sig` line: `<key name>:<base64>`.
  @Override
  public String toString() {
    return keyName + ":" + Base64.getEncoder().encodeToString(bytes);
  }
}
