package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// What the kernel offers in INIT (`struct fuse_init_in`, 64 bytes; 16 before 7.36).
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 4 | major |
/// | 4 | 4 | minor |
/// | 8 | 4 | max_readahead, bytes |
/// | 12 | 4 | flags |
/// | 16 | 4 | flags2, when `INIT_EXT` is among the flags |
/// | 20 | 44 | unused |
///
/// *Immutable.*
///
/// @param flags the offered [InitFlags], those of flags2 from bit 32 on
public record InitIn(int major, int minor, int maxReadaheadBytes, long flags) {
  private static final int WITH_FLAGS2_BYTES = 20;

  /// Reads the body that begins at `at` and ends with the segment; it has 16 bytes at least.
  public static InitIn read(MemorySegment request, long at) {
    long flags = Integer.toUnsignedLong(request.get(JAVA_INT_UNALIGNED, at + 12));
    if ((flags & InitFlags.INIT_EXT) != 0 && request.byteSize() - at >= WITH_FLAGS2_BYTES) {
      flags |= Integer.toUnsignedLong(request.get(JAVA_INT_UNALIGNED, at + 16)) << 32;
    }
    return new InitIn(
        request.get(JAVA_INT_UNALIGNED, at),
        request.get(JAVA_INT_UNALIGNED, at + 4),
        request.get(JAVA_INT_UNALIGNED, at + 8),
        flags);
  }
}
