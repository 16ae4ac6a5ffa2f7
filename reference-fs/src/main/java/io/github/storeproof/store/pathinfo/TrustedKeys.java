package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.PathInfo;
import io.github.storeproof.model.Signature;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Public ed25519 keys by their names. *Immutable.*
public final class TrustedKeys {
  private static final int KEY_BYTES = 32;
  // What stands before the key in X.509 (RFC 8410).
  private static final byte[] X509_BEGINNING = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Map<String, PublicKey> keys;

  private TrustedKeys(Map<String, PublicKey> keys) {
    this.keys = keys;
  }

  /// Keys as Nix writes them: `<name>:<base64 of 32 bytes>`.
  ///
  /// @throws StoreException [StoreFailure#REFUSED] when there is none, one is no key, or two have one name
  public static TrustedKeys parse(List<String> texts) throws StoreException {
    if (texts.isEmpty()) {
      throw new StoreException(
          StoreFailure.REFUSED, "there is no trusted key, want a list of 1 at least");
    }
    Map<String, PublicKey> keys = new LinkedHashMap<>();
    for (String text : texts) {
      String what = "public key '" + text + "'";
      KeyText parsed = KeyText.parse(text, what, KEY_BYTES);
      try {
        if (keys.put(parsed.name(), key(parsed.bytes())) != null) {
          throw new StoreException(
              StoreFailure.REFUSED, "two keys are named '" + parsed.name() + "', want one");
        }
      } catch (GeneralSecurityException e) {
        throw new StoreException(StoreFailure.REFUSED, what + " is none", e);
      }
    }
    return new TrustedKeys(keys);
  }

  static TrustedKeys of(String name, byte[] bytes) throws GeneralSecurityException {
    return new TrustedKeys(Map.of(name, key(bytes)));
  }

  private static PublicKey key(byte[] bytes) throws GeneralSecurityException {
    byte[] encoded = new byte[X509_BEGINNING.length + KEY_BYTES];
    System.arraycopy(X509_BEGINNING, 0, encoded, 0, X509_BEGINNING.length);
    System.arraycopy(bytes, 0, encoded, X509_BEGINNING.length, KEY_BYTES);
    return KeyFactory.getInstance(KeyText.ALGORITHM)
        .generatePublic(new X509EncodedKeySpec(encoded));
  }

  /// The names of the keys.
  public Set<String> names() {
    return keys.keySet();
  }

  /// Whether one of the keys has signed the path info as it is.
  public boolean haveSigned(PathInfo pathInfo) {
    String fingerprint = pathInfo.fingerprint();
    return pathInfo.narInfo().signatures().stream()
        .anyMatch(signature -> haveSigned(fingerprint, signature));
  }

  boolean haveSigned(String fingerprint, Signature signature) {
    @Nullable PublicKey key = keys.get(signature.keyName());
    if (key == null) {
      return false;
    }
    try {
      java.security.Signature verifier = java.security.Signature.getInstance(KeyText.ALGORITHM);
      verifier.initVerify(key);
      verifier.update(fingerprint.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(signature.toBytes());
    } catch (GeneralSecurityException e) {
      // The bytes are no signature at all.
      return false;
    }
  }
}
