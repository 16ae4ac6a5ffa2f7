package io.github.storeproof.ci.faultystore;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.commons.codec.digest.Blake3;

/// Digests and the letters of store paths.
final class Hashes {
  private static final String LETTERS = "0123456789abcdfghijklmnpqrsvwxyz";

  private Hashes() {}

  static ByteString blake3(byte[] bytes) {
    return ByteString.copyFrom(Blake3.hash(bytes));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The 20 bytes that 32 letters stand for: five bits each, the last letter the lowest.
  static ByteString fromLetters(String letters) {
    byte[] bytes = new byte[20];
    for (int i = 0; i < letters.length(); i++) {
      int value = LETTERS.indexOf(letters.charAt(letters.length() - 1 - i));
      int bit = i * 5;
      bytes[bit / 8] |= (byte) (value << (bit % 8));
      if (bit % 8 > 3) {
        bytes[bit / 8 + 1] |= (byte) (value >> (8 - bit % 8));
      }
    }
    return ByteString.copyFrom(bytes);
  }
}
