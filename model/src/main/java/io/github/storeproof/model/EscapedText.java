package io.github.storeproof.model;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Bytes as text that a message can carry: printable ASCII as it is, a backslash doubled, any other
/// byte as `\xNN`.
final class EscapedText {
  private static final int QUOTED_LIMIT_CHARS = 300;

  private EscapedText() {}

  static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if (b == '\\') {
        text.append("\\\\");
      } else if (b >= ' ' && b <= '~') {
        text.append((char) b);
      } else {
        text.append("\\x");
        HexFormat.of().toHexDigits(text, b);
      }
    }
    return text.toString();
  }

  /// The bytes between double quotes, cut to a length that a line of output bears.
  static String quote(byte[] bytes) {
    String text = of(bytes);
    return text.length() <= QUOTED_LIMIT_CHARS
        ? '"' + text + '"'
        : '"' + text.substring(0, QUOTED_LIMIT_CHARS) + "\"...";
  }

  static String quote(String text) {
    return quote(text.getBytes(StandardCharsets.UTF_8));
  }
}
