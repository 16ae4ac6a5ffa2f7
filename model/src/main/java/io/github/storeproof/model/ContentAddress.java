package io.github.storeproof.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The digest that a store path was made from, and how it was taken. *Immutable*.
public final class ContentAddress {
  private final CaHash hash;
  private final byte[] digest;

  private ContentAddress(CaHash hash, byte[] digest) {
    this.hash = hash;
    this.digest = digest;
  }

  /// The content address with this digest, which is copied.
  ///
  /// @throws InvalidDataException when the digest has not the bytes of its type
  public static ContentAddress of(CaHash hash, byte[] digest) {
    if (digest.length != hash.digestLengthBytes()) {
      throw new InvalidDataException(
          Violation.DIGEST_LENGTH,
          "content address "
              + hash.prefix()
              + " has "
              + digest.length
              + " bytes of digest, want "
              + hash.digestLengthBytes());
    }
    return new ContentAddress(hash, digest.clone());
  }

  /// How the content was hashed.
  public CaHash hash() {
    return hash;
  }

  /// A copy of the digest.
  public byte[] digest() {
    return digest.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ContentAddress address
        && hash == address.hash
        && Arrays.equals(digest, address.digest);
  }

  @Override
  public int hashCode() {
    return 31 * hash.hashCode() + Arrays.hashCode(digest);
  }

  /// The text of a narinfo's `CA` line: `fixed:r:sha256:<nixbase32>`.
  @Override
  public String toString() {
    return hash.prefix() + ":" + NixBase32.encode(digest);
  }
}
