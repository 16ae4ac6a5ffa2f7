package io.github.storeproof.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The name of something in a store: a digest of 20 bytes and a name for people.
///
/// Its basename is the digest in nixbase32 (32 characters), a dash and the name: 1..211 characters
/// of `[A-Za-z0-9+\-_?=.]`. *Immutable*; ordered by basename.
public final class StorePath implements Comparable<StorePath> {
  /// The directory in which store paths are.
  public static final String STORE_DIRECTORY = "/nix/store";

  /// The bytes of a store path's digest.
  public static final int DIGEST_LENGTH_BYTES = 20;

  /// The most characters a store path's name has.
  public static final int MAX_NAME_LENGTH_CHARS = 211;

  private static final int DIGEST_LENGTH_CHARS = NixBase32.lengthChars(DIGEST_LENGTH_BYTES);
  private static final int SHA256_LENGTH_BYTES = 32;

  private final byte[] digest;
  private final String basename;

  private StorePath(byte[] digest, String basename) {
    this.digest = digest;
    this.basename = basename;
  }

  /// The store path with this digest, which is copied, and this name.
  ///
  /// @throws InvalidDataException when the digest has not 20 bytes or the name is none
  public static StorePath of(byte[] digest, String name) {
    if (digest.length != DIGEST_LENGTH_BYTES) {
      throw new InvalidDataException(
          Violation.DIGEST_LENGTH,
          "store path digest has " + digest.length + " bytes, want " + DIGEST_LENGTH_BYTES);
    }
    checkName(name);
    return new StorePath(digest.clone(), NixBase32.encode(digest) + "-" + name);
  }

  /// The store path with this basename, `<digest>-<name>`.
  ///
  /// @throws InvalidDataException when it has another form
  public static StorePath parse(String basename) {
    if (basename.length() <= DIGEST_LENGTH_CHARS || basename.charAt(DIGEST_LENGTH_CHARS) != '-') {
      throw new InvalidDataException(
          Violation.STORE_PATH_FORM,
          "store path is "
              + EscapedText.quote(basename)
              + ", want 32 characters, a dash and a name");
    }
    byte[] digest = NixBase32.decode(basename.substring(0, DIGEST_LENGTH_CHARS));
    checkName(basename.substring(DIGEST_LENGTH_CHARS + 1));
    return new StorePath(digest, basename);
  }

  /// The store path `/nix/store/<basename>`.
  ///
  /// @throws InvalidDataException when it is elsewhere, goes on below it or has another form
  public static StorePath parseAbsolute(String path) {
    String prefix = STORE_DIRECTORY + "/";
    if (!path.startsWith(prefix) || path.indexOf('/', prefix.length()) >= 0) {
      throw new InvalidDataException(
          Violation.STORE_PATH_DIRECTORY,
          "store path is " + EscapedText.quote(path) + ", want an entry of " + STORE_DIRECTORY);
    }
    return parse(path.substring(prefix.length()));
  }

  /// The store path of a tree by the SHA-256 of its NAR: what `nix-store --add` prints.
  ///
  /// @throws InvalidDataException when the digest has not 32 bytes or the name is none
  public static StorePath ofNar(byte[] narSha256, String name) {
    return ofIdentity("source", narSha256, name);
  }

  /// The store path of what has this identity, as Nix makes every one that comes from content.
  ///
  /// @param type how the content is addressed: `source`, `text` or `output:out`
  /// @param sha256 of the content as that type has it
  /// @throws InvalidDataException when the digest has not 32 bytes or the name is none
  public static StorePath ofIdentity(String type, byte[] sha256, String name) {
    if (sha256.length != SHA256_LENGTH_BYTES) {
      throw new InvalidDataException(
          Violation.DIGEST_LENGTH,
          "SHA-256 has " + sha256.length + " bytes, want " + SHA256_LENGTH_BYTES);
    }
    checkName(name);
    String identity =
        type + ":sha256:" + HexFormat.of().formatHex(sha256) + ":" + STORE_DIRECTORY + ":" + name;
    return of(folded(sha256(identity.getBytes(StandardCharsets.US_ASCII))), name);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static byte[] folded(byte[] sha256) {
    byte[] digest = new byte[DIGEST_LENGTH_BYTES];
    for (int i = 0; i < sha256.length; i++) {
      digest[i % DIGEST_LENGTH_BYTES] ^= sha256[i];
    }
    return digest;
  }

  private static void checkName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME_LENGTH_CHARS) {
      throw new InvalidDataException(
          Violation.STORE_PATH_NAME_LENGTH,
          "store path name has " + name.length() + " characters, want 1.." + MAX_NAME_LENGTH_CHARS);
    }
    for (int i = 0; i < name.length(); i++) {
      if (!isNameCharacter(name.charAt(i))) {
        throw new InvalidDataException(
            Violation.STORE_PATH_NAME_CHARACTER,
            "store path name "
                + EscapedText.quote(name)
                + " has a bad character at "
                + i
                + ", want [A-Za-z0-9+-_?=.]");
      }
    }
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "+-_?=.".indexOf(c) >= 0;
  }

  /// A copy of the 20 bytes.
  public byte[] digest() {
    return digest.clone();
  }

  /// What follows the dash.
  public String name() {
    return basename.substring(DIGEST_LENGTH_CHARS + 1);
  }

  /// The path's last component: digest, dash, name.
  public String basename() {
    return basename;
  }

  /// The path below [#STORE_DIRECTORY].
  public String absolutePath() {
    return STORE_DIRECTORY + "/" + basename;
  }

  @Override
  public int compareTo(StorePath other) {
    return basename.compareTo(other.basename);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StorePath path && basename.equals(path.basename);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return basename;
  }
}
