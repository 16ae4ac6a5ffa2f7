package io.github.storeproof.store.object;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NixBase32;
import io.github.storeproof.model.StorePath;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.HexFormat;

/// The name of an object. *Immutable.*
///
/// @param name hex or nixbase32: no bytes that a path would mind
public record ObjectKey(Kind kind, String name) {
  private static final int SHARD_CHARS = 4;

  /// What an object is, in the order in which they become visible: content before what refers to it.
  public enum Kind {
    CHUNK("chunks/b3", true),
    BLOB("blobs/b3", true),
    TREE("dirs/b3", true),
    WITHIN("within/b3", true),
    PATH_INFO("path-infos", false);

    private final String directory;
    private final boolean isSharded;

    Kind(String directory, boolean isSharded) {
      this.directory = directory;
      this.isSharded = isSharded;
    }

    String directory() {
      return directory;
    }

    boolean isSharded() {
      return isSharded;
    }
  }

  /// The object of a digest.
  public static ObjectKey of(Kind kind, B3Digest digest) {
    return new ObjectKey(kind, digest.hex());
  }

  /// The path info of a store path.
  ///
  /// @param digest 20 bytes
  public static ObjectKey ofPathInfo(byte[] digest) {
    if (digest.length != StorePath.DIGEST_LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "digest has " + digest.length + " bytes, want " + StorePath.DIGEST_LENGTH_BYTES);
    }
    return new ObjectKey(Kind.PATH_INFO, NixBase32.encode(digest));
  }

  /// The digest that is the name of every object but a path info.
  ///
  /// @throws StoreException [StoreFailure#CORRUPT] when the name is none
  public B3Digest digest() throws StoreException {
    try {
      return B3Digest.of(HexFormat.of().parseHex(name));
    } catch (InvalidDataException | IllegalArgumentException e) {
      throw new StoreException(
          StoreFailure.CORRUPT, "object " + this + " has no digest for a name", e);
    }
  }

  /// Where it is below the store.
  public String path() {
    String shard = kind.isSharded() ? name.substring(0, SHARD_CHARS) + "/" : "";
    return kind.directory() + "/" + shard + name;
  }

  @Override
  public String toString() {
    return path();
  }
}
