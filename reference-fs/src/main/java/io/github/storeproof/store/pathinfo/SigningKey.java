package io.github.storeproof.store.pathinfo;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.Signature;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/// A secret ed25519 key as Nix writes it: `<name>:<base64 of 64 bytes>`, the secret and the public key.
/// *Immutable.* It is in no message and no log.
public final class SigningKey {
  private static final int SECRET_BYTES = 32;

  private final String name;
  private final PrivateKey key;

  private SigningKey(String name, PrivateKey key) {
    this.name = name;
    this.key = key;
  }

  /// The key that a file has.
  ///
  /// @throws StoreException [StoreFailure#REFUSED] when there is none, or one whose halves do not belong
  ///     together
  public static SigningKey read(Path file) throws StoreException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new StoreException(
          StoreFailure.REFUSED, "key " + file + " cannot be read: " + e.getMessage(), e);
    }
    KeyText parsed = KeyText.parse(text, "key " + file, 2 * SECRET_BYTES);
    try {
      byte[] secret = Arrays.copyOf(parsed.bytes(), SECRET_BYTES);
      SigningKey key =
          new SigningKey(
              parsed.name(),
              KeyFactory.getInstance(KeyText.ALGORITHM)
                  .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret)));
      byte[] publicBytes = Arrays.copyOfRange(parsed.bytes(), SECRET_BYTES, parsed.bytes().length);
      if (!TrustedKeys.of(parsed.name(), publicBytes).haveSigned("", key.sign(""))) {
        throw new StoreException(
            StoreFailure.REFUSED, "key " + file + " has halves that do not belong together");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new StoreException(StoreFailure.REFUSED, "key " + file + " is none", e);
    } catch (InvalidDataException e) {
      throw new StoreException(StoreFailure.REFUSED, "key " + file + ": " + e.getMessage(), e);
    }
  }

  /// Signs a path info's fingerprint.
  public Signature sign(String fingerprint) {
    try {
      java.security.Signature signer = java.security.Signature.getInstance(KeyText.ALGORITHM);
      signer.initSign(key);
      signer.update(fingerprint.getBytes(StandardCharsets.US_ASCII));
      return Signature.of(name, signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + KeyText.ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[" + name + "]";
  }
}
