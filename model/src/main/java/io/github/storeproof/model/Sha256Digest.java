package io.github.storeproof.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The SHA-256 of a NAR. *Immutable*.
public final class Sha256Digest {
  /// The bytes of a digest.
  public static final int LENGTH_BYTES = 32;

  private final byte[] bytes;

  private Sha256Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The digest with these bytes, which are copied.
  ///
  /// @throws InvalidDataException when there are not exactly 32
  public static Sha256Digest of(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      throw new InvalidDataException(
          Violation.DIGEST_LENGTH,
          "NAR digest has " + bytes.length + " bytes, want " + LENGTH_BYTES);
    }
    return new Sha256Digest(bytes.clone());
  }

  /// A copy of the 32 bytes.
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sha256Digest digest && Arrays.equals(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The text of a narinfo's `NarHash` line: `sha256:<nixbase32>`.
  @Override
  public String toString() {
    return "sha256:" + NixBase32.encode(bytes);
  }
}
