package io.github.storeproof.store.pathinfo;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.Base64;

/// A key as Nix writes it: `<name>:<base64>`.
record KeyText(String name, byte[] bytes) {
  static final String ALGORITHM = "Ed25519";

  /// @param what it is, for messages, which never have the key itself
  static KeyText parse(String text, String what, int sizeBytes) throws StoreException {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw new StoreException(StoreFailure.REFUSED, what + " has no name, want name:base64");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(colon + 1));
      if (bytes.length != sizeBytes) {
        throw new StoreException(
            StoreFailure.REFUSED, what + " has " + bytes.length + " bytes, want " + sizeBytes);
      }
      return new KeyText(text.substring(0, colon), bytes);
    } catch (IllegalArgumentException e) {
      throw new StoreException(StoreFailure.REFUSED, what + " is no base64, want name:base64", e);
    }
  }
}
