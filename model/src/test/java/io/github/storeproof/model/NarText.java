package io.github.storeproof.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/// Archives by their strings, right or wrong.
final class NarText {
  private NarText() {}

  /// Each word as a string of an archive: a length of 8 bytes, the bytes, and zeros up to a multiple of
  /// 8. `~` is the string of no bytes.
  static byte[] of(String words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String word : words.split(" ")) {
      bytes.writeBytes(string(word.equals("~") ? "" : word));
    }
    return bytes.toByteArray();
  }

  /// One string, one byte for each character.
  static byte[] string(String content) {
    byte[] bytes = content.getBytes(ISO_8859_1);
    ByteArrayOutputStream string = new ByteArrayOutputStream();
    string.writeBytes(number(bytes.length));
    string.writeBytes(bytes);
    string.writeBytes(new byte[-bytes.length & 7]);
    return string.toByteArray();
  }

  static byte[] number(long value) {
    byte[] bytes = new byte[8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
