package io.github.storeproof.conformance.prober;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes as a value: equal by content. Immutable.
public final class Bytes {
  /// No bytes.
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /// Returns a copy of the given bytes as a value.
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /// Returns these bytes as a value without a copy: the caller gives them away.
  public static Bytes wrap(byte[] content) {
    return new Bytes(content);
  }

  /// Returns the UTF-8 form of a text.
  public static Bytes of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Returns the number of bytes.
  public int length() {
    return content.length;
  }

  /// Returns a copy of the bytes.
  public byte[] toArray() {
    return content.clone();
  }

  /// Writes the bytes to a stream.
  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
  }

  /// Returns true if one of the bytes is 0, which ends a C string.
  public boolean hasNul() {
    return Escapes.hasNul(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /// Returns the bytes as text: printable ASCII as it is, the rest as `\xNN`.
  @Override
  public String toString() {
    return Escapes.escape(content);
  }
}
