package io.github.storeproof.conformance.cases.nar;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Archives by their strings, whatever these are: each is a length of 8 bytes, its bytes, and padding to 8.
final class NarWords {
  private static final int ALIGNMENT_BYTES = 8;
  private static final String EMPTY = "~";

  private NarWords() {}

  /// Strings with a space between them; `~` is one of no bytes. A character is a byte.
  static byte[] of(String words) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    for (String word : words.split(" ")) {
      byte[] bytes = word.equals(EMPTY) ? new byte[0] : word.getBytes(StandardCharsets.ISO_8859_1);
      archive.writeBytes(number(bytes.length));
      archive.writeBytes(bytes);
      archive.writeBytes(new byte[-bytes.length & (ALIGNMENT_BYTES - 1)]);
    }
    return archive.toByteArray();
  }

  /// A length as an archive has it.
  static byte[] number(long value) {
    return ByteBuffer.allocate(ALIGNMENT_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(value)
        .array();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
