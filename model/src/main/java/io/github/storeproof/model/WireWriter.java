package io.github.storeproof.model;

/// Writes protobuf's wire format into an array of the exact size, known before. *Confined*.
final class WireWriter {
  /// Wire type of an integer.
  static final int VARINT = 0;

  /// Wire type of a length and that many bytes.
  static final int BYTES = 2;

  private final byte[] bytes;
  private int position;

  WireWriter(int sizeBytes) {
    bytes = new byte[sizeBytes];
  }

  static int varintSizeBytes(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  /// The bytes of a field with a one-byte tag, a length and that many bytes.
  static int fieldSizeBytes(int contentBytes) {
    return 1 + varintSizeBytes(contentBytes) + contentBytes;
  }

  /// Writes the tag and the length of a field; the caller writes the content next.
  void beginBytes(int field, int contentBytes) {
    varint((long) field << 3 | BYTES);
    varint(contentBytes);
  }

  void varintField(int field, long value) {
    varint((long) field << 3 | VARINT);
    varint(value);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  void name(PathComponent name) {
    name.copyTo(bytes, position);
    position += name.lengthBytes();
  }

  void target(SymlinkTarget target) {
    target.copyTo(bytes, position);
    position += target.lengthBytes();
  }

  void digest(B3Digest digest) {
    digest.copyTo(bytes, position);
    position += B3Digest.LENGTH_BYTES;
  }

  byte[] finish() {
    assert position == bytes.length : position + " of " + bytes.length;
    return bytes;
  }
}
