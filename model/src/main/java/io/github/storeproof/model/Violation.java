package io.github.storeproof.model;

/// The rule of the format that some bytes from outside break.
///
/// Each constant is one validation rule. It travels in an [InvalidDataException], whose message says
/// what was seen and what was wanted.
public enum Violation {
  /// A digest that does not have exactly the bytes of its kind.
  DIGEST_LENGTH,
  /// A digest's text that is not `blake3-` and padded standard base64 of 32 bytes.
  DIGEST_TEXT,

  /// A name of no bytes.
  NAME_EMPTY,
  /// A name of more than 255 bytes.
  NAME_TOO_LONG,
  /// A name that is `.` or `..`.
  NAME_DOT,
  /// A name with a slash in it.
  NAME_SLASH,
  /// A name with a NUL byte in it.
  NAME_NUL,

  /// A symlink target of no bytes.
  TARGET_EMPTY,
  /// A symlink target of more than 4095 bytes.
  TARGET_TOO_LONG,
  /// A symlink target with a NUL byte in it.
  TARGET_NUL,

  /// A size that is not in 0..2^63-1, the largest a file offset can be.
  SIZE_RANGE,
  /// A directory whose size, over all that is below it, does not fit.
  SIZE_OVERFLOW,
  /// Content that has more or fewer bytes than its size says.
  SIZE_MISMATCH,

  /// An entry that sorts before the one in front of it.
  ENTRY_ORDER,
  /// A name that a directory has twice, in one list or over all three.
  ENTRY_DUPLICATE,

  /// A message that ends inside a field.
  WIRE_TRUNCATED,
  /// A field with another wire type than its own.
  WIRE_TYPE,
  /// A field number that the message does not have.
  WIRE_UNKNOWN_FIELD,
  /// A field that comes after one with a higher number.
  WIRE_FIELD_ORDER,
  /// A field that comes twice and is not a list.
  WIRE_FIELD_REPEATED,
  /// A varint of more than ten bytes, or of more than 64 bits.
  WIRE_VARINT_RANGE,
  /// A varint that is longer than it need be.
  WIRE_VARINT_NOT_MINIMAL,
  /// A bool that is neither 0 nor 1.
  WIRE_BOOL_RANGE,
  /// A field that spells out its default value, which the canonical form leaves out.
  WIRE_DEFAULT_SPELLED_OUT,
  /// A message without a field that it must have.
  WIRE_FIELD_MISSING,

  /// An archive that ends early.
  NAR_TRUNCATED,
  /// A string in an archive that is not one that its place allows.
  NAR_STRING,
  /// Padding in an archive that is not zero.
  NAR_PADDING,
  /// Bytes behind the root node of an archive.
  NAR_TRAILING,
  /// More directories in each other than a reader of archives takes.
  NAR_DEPTH,

  /// Text in nixbase32 with a character that its alphabet does not have.
  BASE32_CHARACTER,
  /// Text in nixbase32 whose length is that of no number of bytes.
  BASE32_LENGTH,
  /// Text in nixbase32 with bits beyond the last byte.
  BASE32_TRAILING_BITS,

  /// A store path that is not in `/nix/store` or goes on below it.
  STORE_PATH_DIRECTORY,
  /// A store path that is not 32 characters of digest, a dash and a name.
  STORE_PATH_FORM,
  /// A store path's name that has not 1..211 characters.
  STORE_PATH_NAME_LENGTH,
  /// A store path's name with a character that such a name cannot have.
  STORE_PATH_NAME_CHARACTER,

  /// References that are not in ascending order.
  REFERENCE_ORDER,
  /// A reference that is listed twice.
  REFERENCE_DUPLICATE,
  /// A signature's key name that is empty or has a character that would end it in a narinfo.
  SIGNATURE_NAME,
  /// A signature that does not have the 64 bytes of ed25519.
  SIGNATURE_LENGTH,
  /// A content address of a type that does not exist.
  CONTENT_ADDRESS_TYPE,
  /// A content address that contradicts the store path or the NAR digest.
  CONTENT_ADDRESS_MISMATCH
}
