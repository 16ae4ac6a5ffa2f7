package io.github.storeproof.model;

/// Nix's base 32: five bits a character, from the last bits to the first, without padding.
///
/// The alphabet is the digits and the lower-case letters but e, o, t and u.
public final class NixBase32 {
  private static final String ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";

  private NixBase32() {}

  /// The characters that `lengthBytes` bytes take.
  static int lengthChars(int lengthBytes) {
    return (lengthBytes * 8 + 4) / 5;
  }

  /// The text of the bytes.
  public static String encode(byte[] bytes) {
    int length = lengthChars(bytes.length);
    StringBuilder text = new StringBuilder(length);
    for (int digit = length - 1; digit >= 0; digit--) {
      int bit = digit * 5;
      int index = bit / 8;
      int low = bytes[index] & 0xFF;
      int high = index + 1 < bytes.length ? bytes[index + 1] & 0xFF : 0;
      text.append(ALPHABET.charAt((high << 8 | low) >>> (bit % 8) & 31));
    }
    return text.toString();
  }

  /// The bytes that [#encode] writes as `text`.
  ///
  /// @throws InvalidDataException when no bytes have this text
  public static byte[] decode(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    if (lengthChars(bytes.length) != text.length()) {
      throw new InvalidDataException(
          Violation.BASE32_LENGTH,
          "nixbase32 text has "
              + text.length()
              + " characters, want "
              + lengthChars(bytes.length)
              + " or "
              + lengthChars(bytes.length + 1));
    }
    for (int i = 0; i < text.length(); i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        throw new InvalidDataException(
            Violation.BASE32_CHARACTER,
            "nixbase32 text "
                + EscapedText.quote(text)
                + " has a bad character at "
                + i
                + ", want "
                + ALPHABET);
      }
      place(bytes, (text.length() - 1 - i) * 5, value);
    }
    return bytes;
  }

  private static void place(byte[] bytes, int bit, int value) {
    int shifted = value << (bit % 8);
    int index = bit / 8;
    if (index < bytes.length) {
      bytes[index] |= (byte) shifted;
    }
    int carry = index < bytes.length ? shifted >>> 8 : shifted;
    if (index + 1 < bytes.length) {
      bytes[index + 1] |= (byte) carry;
    } else if (carry != 0) {
      throw new InvalidDataException(
          Violation.BASE32_TRAILING_BITS,
          "nixbase32 text has bits beyond byte " + bytes.length + ", want them zero");
    }
  }
}
