package io.github.storeproof.conformance.prober.wire;

import io.github.storeproof.conformance.prober.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `struct linux_dirent64`. Immutable.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | d_ino |
/// | 8 | 8 | d_off: where the next entry starts |
/// | 16 | 2 | d_reclen |
/// | 18 | 1 | d_type |
/// | 19 | | d_name, ended by NUL |
///
/// @param off `d_off`
/// @param type `DT_…`
public record Dirent(long ino, long off, int type, Bytes name) {
  private static final int HEADER_BYTES = 19;

  /// Reads every entry of a buffer.
  ///
  /// @throws IllegalArgumentException if a record does not fit or its name has no end
  public static List<Dirent> decodeAll(byte[] block) {
    List<Dirent> entries = new ArrayList<>();
    ByteBuffer at = ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());
    for (int offset = 0; offset < block.length; ) {
      int length = block.length - offset > HEADER_BYTES ? at.getShort(offset + 16) & 0xffff : 0;
      if (length <= HEADER_BYTES || length > block.length - offset) {
        throw new IllegalArgumentException(
            "d_reclen is " + length + " at byte " + offset + " of " + block.length);
      }
      entries.add(decode(block, at, offset, length));
      offset += length;
    }
    return entries;
  }

  private static Dirent decode(byte[] block, ByteBuffer at, int offset, int length) {
    int start = offset + HEADER_BYTES;
    int end = start;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    if (end == offset + length) {
      throw new IllegalArgumentException("d_name without NUL at byte " + offset);
    }
    Bytes name = Bytes.of(Arrays.copyOfRange(block, start, end));
    return new Dirent(at.getLong(offset), at.getLong(offset + 8), block[offset + 18] & 0xff, name);
  }

  /// Returns true for `.` and `..`.
  public boolean isDot() {
    String text = name.toString();
    return text.equals(".") || text.equals("..");
  }
}
