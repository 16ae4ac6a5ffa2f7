package io.github.storeproof.conformance.prober;

import java.util.Arrays;

/// Writes bytes as the inside of a C, Python or log string.
public final class Escapes {
  private Escapes() {}

  /// Returns printable ASCII as it is, `"` and `\` with a backslash, every other byte as `\xNN`.
  public static String escape(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 8);
    for (byte b : bytes) {
      append(text, b & 0xff);
    }
    return text.toString();
  }

  /// Returns at most `limitBytes` of the bytes, escaped and quoted, with `…` when some were left out.
  public static String quote(byte[] bytes, int limitBytes) {
    if (bytes.length <= limitBytes) {
      return '"' + escape(bytes) + '"';
    }
    return '"' + escape(Arrays.copyOf(bytes, limitBytes)) + "\"…";
  }

  static boolean hasNul(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  private static void append(StringBuilder text, int b) {
    if (b == '"' || b == '\\') {
      text.append('\\').append((char) b);
    } else if (b >= 0x20 && b < 0x7f) {
      text.append((char) b);
    } else {
      text.append("\\x")
          .append(Character.forDigit(b >> 4, 16))
          .append(Character.forDigit(b & 15, 16));
    }
  }
}
