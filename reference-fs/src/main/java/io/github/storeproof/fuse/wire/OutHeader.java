package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// What every reply and every notification begins with (`struct fuse_out_header`, 16 bytes).
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 4 | len, of the whole message |
/// | 4 | 4 | error: 0, a negated errno, or the code of a notification |
/// | 8 | 8 | unique of the request; 0 for a notification |
public final class OutHeader {
  /// Bytes of the header on the wire.
  public static final int SIZE_BYTES = 16;

  private OutHeader() {}

  public static void write(MemorySegment into, int lengthBytes, int error, long unique) {
    into.set(JAVA_INT_UNALIGNED, 0, lengthBytes);
    into.set(JAVA_INT_UNALIGNED, 4, error);
    into.set(JAVA_LONG_UNALIGNED, 8, unique);
  }

  /// The error field: 0 for success.
  public static int error(MemorySegment message) {
    return message.get(JAVA_INT_UNALIGNED, 4);
  }
}
