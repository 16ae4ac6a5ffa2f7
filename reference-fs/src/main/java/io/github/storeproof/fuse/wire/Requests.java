package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The fields of the requests' bodies, read in place. Offsets count from the request's start; a
/// body begins at 40.
///
/// | request | fields (offset: size) |
/// |---|---|
/// | LOOKUP | name with NUL (40) |
/// | FORGET | nlookup (40: 8) |
/// | OPEN, OPENDIR | flags (40: 4), open_flags (44: 4) |
/// | READ, READDIR, READDIRPLUS | fh (40: 8), offset (48: 8), size (56: 4), … |
/// | RELEASE, RELEASEDIR | fh (40: 8), … |
/// | GETXATTR | size (40: 4), padding (44: 4), name with NUL (48) |
/// | LISTXATTR | size (40: 4), padding (44: 4) |
/// | ACCESS | mask (40: 4), padding (44: 4) |
/// | LSEEK | fh (40: 8), offset (48: 8), whence (56: 4), padding (60: 4) |
/// | INTERRUPT | unique of the request meant (40: 8) |
/// | BATCH_FORGET | count (40: 4), padding (44: 4), then count times nodeid (8), nlookup (8) |
///
/// A caller has checked [Opcode#minimumBodyBytes] before.
public final class Requests {
  private static final int BODY = InHeader.SIZE_BYTES;

  /// Where the name of a LOOKUP begins.
  public static final int LOOKUP_NAME = BODY;

  /// Where the name of a GETXATTR begins.
  public static final int XATTR_NAME = BODY + 8;

  private static final int FORGET_ONE_BYTES = 16;

  private Requests() {}

  /// FORGET: how many lookups to take back.
  public static long forgetCount(MemorySegment request) {
    return request.get(JAVA_LONG_UNALIGNED, BODY);
  }

  /// BATCH_FORGET: how many nodes it claims to have; unsigned.
  public static long batchCount(MemorySegment request) {
    return Integer.toUnsignedLong(request.get(JAVA_INT_UNALIGNED, BODY));
  }

  /// How many nodes a BATCH_FORGET of this many bytes has room for.
  public static long batchRoom(long requestBytes) {
    return (requestBytes - BODY - 8) / FORGET_ONE_BYTES;
  }

  public static long batchNodeId(MemorySegment request, long index) {
    return request.get(JAVA_LONG_UNALIGNED, BODY + 8 + index * FORGET_ONE_BYTES);
  }

  public static long batchForgetCount(MemorySegment request, long index) {
    return request.get(JAVA_LONG_UNALIGNED, BODY + 16 + index * FORGET_ONE_BYTES);
  }

  /// OPEN and OPENDIR: the flags of open(2).
  public static int openFlags(MemorySegment request) {
    return request.get(JAVA_INT_UNALIGNED, BODY);
  }

  /// READ, READDIR, READDIRPLUS, RELEASE, RELEASEDIR, LSEEK.
  public static long handle(MemorySegment request) {
    return request.get(JAVA_LONG_UNALIGNED, BODY);
  }

  /// READ, READDIR, READDIRPLUS, LSEEK.
  public static long offset(MemorySegment request) {
    return request.get(JAVA_LONG_UNALIGNED, BODY + 8);
  }

  /// READ, READDIR, READDIRPLUS: how many bytes the caller takes; unsigned.
  public static long sizeBytes(MemorySegment request) {
    return Integer.toUnsignedLong(request.get(JAVA_INT_UNALIGNED, BODY + 16));
  }

  public static int seekWhence(MemorySegment request) {
    return request.get(JAVA_INT_UNALIGNED, BODY + 16);
  }

  /// GETXATTR, LISTXATTR: the caller's buffer; 0 asks for the size needed.
  public static long xattrSizeBytes(MemorySegment request) {
    return Integer.toUnsignedLong(request.get(JAVA_INT_UNALIGNED, BODY));
  }

  public static int accessMask(MemorySegment request) {
    return request.get(JAVA_INT_UNALIGNED, BODY);
  }

  /// INTERRUPT: the unique of the request to give up.
  public static long interruptedUnique(MemorySegment request) {
    return request.get(JAVA_LONG_UNALIGNED, BODY);
  }

  /// The bytes from `at` up to the first NUL before `end`; null when there is no NUL or nothing
  /// before it.
  public static byte @Nullable [] name(MemorySegment request, long at, long end) {
    long nul = at;
    while (nul < end && request.get(JAVA_BYTE, nul) != 0) {
      nul++;
    }
    if (nul >= end || nul == at) {
      return null;
    }
    byte[] name = new byte[(int) (nul - at)];
    MemorySegment.copy(request, JAVA_BYTE, at, name, 0, name.length);
    return name;
  }
}
