package io.github.storeproof.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Strings of a program to bytes, without the question marks that an unpaired surrogate would become.
final class Utf8 {
  private Utf8() {}

  static byte[] bytesOf(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException unpaired) {
      throw new IllegalArgumentException("string has an unpaired surrogate, want text", unpaired);
    }
  }
}
