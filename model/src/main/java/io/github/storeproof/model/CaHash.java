package io.github.storeproof.model;

/// How the content of a store path was hashed to make its path: what a content address begins with.
///
/// The number is that of the wire format. `NAR_` hashes the archive, `FLAT_` the bytes of a single
/// file, `TEXT_` those of a file that may have references.
public enum CaHash {
  /// SHA-256 of the NAR.
  NAR_SHA256(0, 32, "fixed:r:sha256"),
  /// SHA-1 of the NAR.
  NAR_SHA1(1, 20, "fixed:r:sha1"),
  /// SHA-512 of the NAR.
  NAR_SHA512(2, 64, "fixed:r:sha512"),
  /// MD5 of the NAR.
  NAR_MD5(3, 16, "fixed:r:md5"),
  /// SHA-256 of a text file.
  TEXT_SHA256(4, 32, "text:sha256"),
  /// SHA-1 of a file.
  FLAT_SHA1(5, 20, "fixed:sha1"),
  /// MD5 of a file.
  FLAT_MD5(6, 16, "fixed:md5"),
  /// SHA-256 of a file.
  FLAT_SHA256(7, 32, "fixed:sha256"),
  /// SHA-512 of a file.
  FLAT_SHA512(8, 64, "fixed:sha512");

  private final int number;
  private final int digestLengthBytes;
  private final String prefix;

  CaHash(int number, int digestLengthBytes, String prefix) {
    this.number = number;
    this.digestLengthBytes = digestLengthBytes;
    this.prefix = prefix;
  }

  /// The type with this number in the wire format.
  ///
  /// @throws InvalidDataException when no type has it
  public static CaHash ofNumber(int number) {
    for (CaHash hash : values()) {
      if (hash.number == number) {
        return hash;
      }
    }
    throw new InvalidDataException(
        Violation.CONTENT_ADDRESS_TYPE,
        "content address has type " + number + ", want 0.." + (values().length - 1));
  }

  /// The number in the wire format.
  public int number() {
    return number;
  }

  /// How many bytes a digest of this type has.
  public int digestLengthBytes() {
    return digestLengthBytes;
  }

  /// The text in front of the digest, as in `fixed:r:sha256`.
  public String prefix() {
    return prefix;
  }
}
