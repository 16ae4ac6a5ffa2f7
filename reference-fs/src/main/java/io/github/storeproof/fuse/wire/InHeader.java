package io.github.storeproof.fuse.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What every request begins with (`struct fuse_in_header`, 40 bytes).
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 4 | len, of the whole request |
/// | 4 | 4 | opcode |
/// | 8 | 8 | unique |
/// | 16 | 8 | nodeid |
/// | 24, 28, 32 | 4 each | uid, gid, pid of the caller |
/// | 36 | 2 | total_extlen, in units of 8 bytes |
/// | 38 | 2 | padding |
///
/// The static methods read a field in place, without making an object.
public final class InHeader {
  /// Bytes of the header on the wire.
  public static final int SIZE_BYTES = 40;

  private InHeader() {}

  /// Length of the whole request in bytes, as the request says.
  public static int lengthBytes(MemorySegment request) {
    return request.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
  }

  public static Opcode opcode(MemorySegment request) {
    return Opcode.of(request.get(ValueLayout.JAVA_INT_UNALIGNED, 4));
  }

  /// The number that the reply carries too.
  public static long unique(MemorySegment request) {
    return request.get(ValueLayout.JAVA_LONG_UNALIGNED, 8);
  }

  public static long nodeId(MemorySegment request) {
    return request.get(ValueLayout.JAVA_LONG_UNALIGNED, 16);
  }

  public static int uid(MemorySegment request) {
    return request.get(ValueLayout.JAVA_INT_UNALIGNED, 24);
  }

  public static int gid(MemorySegment request) {
    return request.get(ValueLayout.JAVA_INT_UNALIGNED, 28);
  }

  public static int pid(MemorySegment request) {
    return request.get(ValueLayout.JAVA_INT_UNALIGNED, 32);
  }

  /// Bytes of extensions at the request's end; 0 for nearly all.
  public static int extensionBytes(MemorySegment request) {
    return 8 * Short.toUnsignedInt(request.get(ValueLayout.JAVA_SHORT_UNALIGNED, 36));
  }
}
