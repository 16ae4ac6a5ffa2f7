package io.github.storeproof.model;

import java.util.Arrays;

/// Reads protobuf's wire format and refuses what a canonical writer would not have written.
///
/// A length is compared with the bytes that are there before anything is allocated. *Confined*.
final class WireReader {
  private static final int MAX_VARINT_BYTES = 10;

  private final byte[] bytes;
  private final int limit;
  private int position;
  private long lastField;
  private int wireType;

  WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private WireReader(byte[] bytes, int from, int limit) {
    this.bytes = bytes;
    this.position = from;
    this.limit = limit;
  }

  boolean hasMore() {
    return position < limit;
  }

  /// Reads a tag whose field number may equal the last one only when it is at most `lastRepeated`.
  ///
  /// @return the field number, 1..`lastKnown`
  int field(int lastKnown, int lastRepeated) {
    long tag = varint("tag");
    long field = tag >>> 3;
    if (field < 1 || field > lastKnown) {
      throw new InvalidDataException(
          Violation.WIRE_UNKNOWN_FIELD,
          "field has number " + Long.toUnsignedString(field) + ", want 1.." + lastKnown);
    }
    if (field < lastField) {
      throw new InvalidDataException(
          Violation.WIRE_FIELD_ORDER,
          "field " + field + " comes after field " + lastField + ", want ascending order");
    }
    if (field == lastField && field > lastRepeated) {
      throw new InvalidDataException(
          Violation.WIRE_FIELD_REPEATED, "field " + field + " comes twice, want it once");
    }
    lastField = field;
    wireType = (int) tag & 7;
    return (int) field;
  }

  /// The content of the field whose tag was read last, as a message.
  WireReader message() {
    int length = length();
    WireReader message = new WireReader(bytes, position, position + length);
    position += length;
    return message;
  }

  /// The content of the field whose tag was read last; a field of no bytes must have been left out.
  byte[] bytes() {
    int length = length();
    if (length == 0) {
      throw spelledOut("no bytes");
    }
    byte[] content = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return content;
  }

  /// The value of the field whose tag was read last; a zero must have been left out.
  long unsigned() {
    wantWireType(WireWriter.VARINT);
    long value = varint("value");
    if (value == 0) {
      throw spelledOut("0");
    }
    return value;
  }

  /// The value of the field whose tag was read last; false must have been left out, so it is true.
  boolean bool() {
    long value = unsigned();
    if (value != 1) {
      throw new InvalidDataException(
          Violation.WIRE_BOOL_RANGE,
          "field " + lastField + " is " + Long.toUnsignedString(value) + ", want 0 or 1");
    }
    return true;
  }

  private int length() {
    wantWireType(WireWriter.BYTES);
    long length = varint("length");
    int left = limit - position;
    if (length < 0 || length > left) {
      throw new InvalidDataException(
          Violation.WIRE_TRUNCATED,
          "field "
              + lastField
              + " has "
              + left
              + " bytes left, want "
              + Long.toUnsignedString(length));
    }
    return (int) length;
  }

  private void wantWireType(int wanted) {
    if (wireType != wanted) {
      throw new InvalidDataException(
          Violation.WIRE_TYPE,
          "field " + lastField + " has wire type " + wireType + ", want " + wanted);
    }
  }

  private InvalidDataException spelledOut(String seen) {
    return new InvalidDataException(
        Violation.WIRE_DEFAULT_SPELLED_OUT,
        "field " + lastField + " spells out its default (" + seen + "), want it left out");
  }

  private long varint(String what) {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      if (position == limit) {
        throw new InvalidDataException(
            Violation.WIRE_TRUNCATED,
            what + " ends after " + i + " bytes, want a last byte below 0x80");
      }
      int next = bytes[position++] & 0xFF;
      if (i == MAX_VARINT_BYTES - 1 && next > 1) {
        break;
      }
      value |= (long) (next & 0x7F) << (7 * i);
      if (next < 0x80) {
        if (next == 0 && i > 0) {
          throw new InvalidDataException(
              Violation.WIRE_VARINT_NOT_MINIMAL,
              what
                  + " "
                  + Long.toUnsignedString(value)
                  + " takes "
                  + (i + 1)
                  + " bytes, want "
                  + WireWriter.varintSizeBytes(value));
        }
        return value;
      }
    }
    throw new InvalidDataException(
        Violation.WIRE_VARINT_RANGE, what + " has more than 64 bits, want at most 64");
  }
}
