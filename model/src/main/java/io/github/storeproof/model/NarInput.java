package io.github.storeproof.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The strings of an archive, one after the other, with the places where they begin. *Confined*.
final class NarInput {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] word = new byte[NarPieces.ALIGNMENT_BYTES];
  private long offsetBytes;

  NarInput(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  /// How many bytes were read.
  long offsetBytes() {
    return offsetBytes;
  }

  static String place(long offsetBytes) {
    return "NAR at byte " + offsetBytes;
  }

  /// A refusal of what comes next.
  InvalidDataException refusal(Violation violation, String message) {
    return refusal(violation, offsetBytes, message);
  }

  private static InvalidDataException refusal(Violation violation, long offset, String message) {
    return new InvalidDataException(violation, place(offset) + ": " + message);
  }

  /// Reads a string that must be this one.
  void want(String wanted) throws IOException {
    oneOf(wanted);
  }

  /// Reads a string that must be one of these.
  ///
  /// @return the number of the one that it is
  int oneOf(String... wanted) throws IOException {
    long offset = offsetBytes;
    int longest = Stream.of(wanted).mapToInt(String::length).max().orElseThrow();
    long length = number();
    if (length < 0 || length > longest) {
      throw refusal(
          Violation.NAR_STRING,
          offset,
          "a string of " + Long.toUnsignedString(length) + " bytes comes, want " + list(wanted));
    }
    byte[] seen = bytes((int) length, "string");
    String text = new String(seen, StandardCharsets.ISO_8859_1);
    int number = Arrays.asList(wanted).indexOf(text);
    if (number < 0) {
      throw refusal(
          Violation.NAR_STRING, offset, EscapedText.quote(seen) + " comes, want " + list(wanted));
    }
    return number;
  }

  private static String list(String... wanted) {
    return Stream.of(wanted).map(each -> '"' + each + '"').collect(Collectors.joining(" or "));
  }

  PathComponent name() throws IOException {
    long offset = offsetBytes;
    byte[] name = atMost(PathComponent.MAX_LENGTH_BYTES, "name", Violation.NAME_TOO_LONG);
    try {
      return PathComponent.of(name);
    } catch (InvalidDataException e) {
      throw e.at(place(offset));
    }
  }

  SymlinkTarget target() throws IOException {
    long offset = offsetBytes;
    byte[] target =
        atMost(SymlinkTarget.MAX_LENGTH_BYTES, "symlink target", Violation.TARGET_TOO_LONG);
    try {
      return SymlinkTarget.of(target);
    } catch (InvalidDataException e) {
      throw e.at(place(offset));
    }
  }

  private byte[] atMost(int limitBytes, String what, Violation tooLong) throws IOException {
    long offset = offsetBytes;
    long length = number();
    if (length < 0 || length > limitBytes) {
      throw refusal(
          tooLong,
          offset,
          what + " has " + Long.toUnsignedString(length) + " bytes, want 1.." + limitBytes);
    }
    return bytes((int) length, what);
  }

  /// Begins a file's content.
  Content content() throws IOException {
    long offset = offsetBytes;
    long size = number();
    try {
      NodeSize.check(size);
    } catch (InvalidDataException e) {
      throw e.at(place(offset));
    }
    return new Content(size);
  }

  /// Checks that nothing comes any more.
  void wantEnd() throws IOException {
    if (in.read() >= 0) {
      throw refusal(Violation.NAR_TRAILING, "bytes come after the root node, want the end");
    }
  }

  private long number() throws IOException {
    fill(word, word.length, "length");
    return ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private byte[] bytes(int length, String what) throws IOException {
    byte[] bytes = new byte[length];
    fill(bytes, length, what);
    padding(length);
    return bytes;
  }

  private void padding(long lengthBytes) throws IOException {
    int count = NarPieces.paddingBytes(lengthBytes);
    long offset = offsetBytes;
    fill(word, count, "padding");
    for (int i = 0; i < count; i++) {
      if (word[i] != 0) {
        throw refusal(
            Violation.NAR_PADDING,
            offset + i,
            "padding is 0x%02x, want 0".formatted(word[i] & 0xff));
      }
    }
  }

  private void fill(byte[] into, int length, String what) throws IOException {
    int count = in.readNBytes(into, 0, length);
    offsetBytes += count;
    if (count < length) {
      throw truncated(length - count, what);
    }
  }

  private InvalidDataException truncated(long missingBytes, String what) {
    return refusal(
        Violation.NAR_TRUNCATED,
        "the archive ends, want " + missingBytes + " more bytes of a " + what);
  }

  /// A file's content, which must be all there: its early end is a refusal, not an end.
  final class Content extends InputStream {
    private final long sizeBytes;
    private long leftBytes;

    private Content(long sizeBytes) {
      this.sizeBytes = sizeBytes;
      this.leftBytes = sizeBytes;
    }

    long sizeBytes() {
      return sizeBytes;
    }

    /// Passes over what was not read, and the padding.
    void end() throws IOException {
      byte[] unread = new byte[(int) Math.min(leftBytes, BUFFER_BYTES)];
      while (leftBytes > 0) {
        read(unread, 0, unread.length);
      }
      padding(sizeBytes);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int lengthBytes) throws IOException {
      if (lengthBytes == 0) {
        return 0;
      }
      if (leftBytes == 0) {
        return -1;
      }
      int count = in.read(into, offset, (int) Math.min(lengthBytes, leftBytes));
      if (count < 0) {
        throw truncated(leftBytes, "content");
      }
      leftBytes -= count;
      offsetBytes += count;
      return count;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(in.available(), leftBytes);
    }
  }
}
