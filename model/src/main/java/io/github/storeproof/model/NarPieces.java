package io.github.storeproof.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What an archive is put together from: the bytes around names, contents and targets.
///
/// Every string is a length (8 bytes, little-endian), its bytes, and zeros up to a multiple of 8. In
/// strings, a node is
///
/// ```
/// ( type directory  { entry ( name NAME node NODE ) }  )
/// ( type regular  [ executable "" ]  contents CONTENT  )
/// ( type symlink  target TARGET  )
/// ```
///
/// and an archive is `nix-archive-1` and a node.
public final class NarPieces {
  /// What lengths are rounded up to.
  static final int ALIGNMENT_BYTES = 8;

  private static final byte[] MAGIC = strings("nix-archive-1");
  private static final byte[] DIRECTORY = strings("(", "type", "directory");
  private static final byte[] PLAIN = strings("(", "type", "regular", "contents");
  private static final byte[] EXECUTABLE =
      strings("(", "type", "regular", "executable", "", "contents");
  private static final byte[] SYMLINK = strings("(", "type", "symlink", "target");
  private static final byte[] ENTRY = strings("entry", "(", "name");
  private static final byte[] NODE = strings("node");
  private static final byte[] END = strings(")");

  private NarPieces() {}

  /// What is in front of the root node.
  public static byte[] magic() {
    return MAGIC.clone();
  }

  /// What is in front of a directory's entries.
  public static byte[] directoryHead() {
    return DIRECTORY.clone();
  }

  /// What is behind a directory's entries.
  public static byte[] directoryTail() {
    return END.clone();
  }

  /// What is in front of an entry's node.
  public static byte[] entryHead(PathComponent name) {
    return buffer(ENTRY.length + stringSizeBytes(name.lengthBytes()) + NODE.length)
        .put(ENTRY)
        .put(string(name.toBytes()))
        .put(NODE)
        .array();
  }

  /// What is behind an entry's node.
  public static byte[] entryTail() {
    return END.clone();
  }

  /// What is in front of a file's content.
  public static byte[] fileHead(boolean executable, long sizeBytes) {
    byte[] head = executable ? EXECUTABLE : PLAIN;
    return buffer(head.length + (long) ALIGNMENT_BYTES).put(head).putLong(sizeBytes).array();
  }

  /// What is behind a file's content.
  public static byte[] fileTail(long sizeBytes) {
    int padding = paddingBytes(sizeBytes);
    return buffer((long) padding + END.length).position(padding).put(END).array();
  }

  /// A whole symlink.
  public static byte[] symlink(SymlinkTarget target) {
    return buffer(symlinkSizeBytes(target))
        .put(SYMLINK)
        .put(string(target.toBytes()))
        .put(END)
        .array();
  }

  /// The bytes of a file's node, its content among them.
  ///
  /// @throws InvalidDataException when they are more than a length can say
  public static long fileSizeBytes(boolean executable, long sizeBytes) {
    NodeSize.check(sizeBytes);
    int head = (executable ? EXECUTABLE : PLAIN).length;
    return sum(sizeBytes, (long) head + ALIGNMENT_BYTES + paddingBytes(sizeBytes) + END.length);
  }

  /// The bytes of a symlink's node.
  public static long symlinkSizeBytes(SymlinkTarget target) {
    return SYMLINK.length + stringSizeBytes(target.lengthBytes()) + END.length;
  }

  /// The bytes of a directory's node without its entries.
  public static long directorySizeBytes() {
    return (long) DIRECTORY.length + END.length;
  }

  /// The bytes of an entry without its node.
  public static long entrySizeBytes(PathComponent name) {
    return ENTRY.length + stringSizeBytes(name.lengthBytes()) + NODE.length + END.length;
  }

  /// The bytes of an archive without its root node.
  public static long magicSizeBytes() {
    return MAGIC.length;
  }

  /// The sum of two lengths.
  ///
  /// @throws InvalidDataException when it is more than a length can say
  public static long sum(long sizeBytes, long moreBytes) {
    if (sizeBytes > Long.MAX_VALUE - moreBytes) {
      throw new InvalidDataException(
          Violation.SIZE_OVERFLOW,
          "archive has more bytes than a length can say, want at most " + Long.MAX_VALUE);
    }
    return sizeBytes + moreBytes;
  }

  static int paddingBytes(long lengthBytes) {
    return (int) (-lengthBytes & (ALIGNMENT_BYTES - 1));
  }

  private static long stringSizeBytes(int lengthBytes) {
    return ALIGNMENT_BYTES + lengthBytes + (long) paddingBytes(lengthBytes);
  }

  private static byte[] strings(String... texts) {
    ByteBuffer all = buffer(1 << 10);
    for (String text : texts) {
      all.put(string(text.getBytes(StandardCharsets.US_ASCII)));
    }
    byte[] bytes = new byte[all.position()];
    all.flip().get(bytes);
    return bytes;
  }

  private static byte[] string(byte[] content) {
    return buffer(stringSizeBytes(content.length)).putLong(content.length).put(content).array();
  }

  private static ByteBuffer buffer(long sizeBytes) {
    return ByteBuffer.allocate((int) sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
