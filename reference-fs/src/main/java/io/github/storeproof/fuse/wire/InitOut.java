package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// What was agreed on: the reply to INIT (`struct fuse_init_out`, 64 bytes).
///
/// | offset | size | field |
/// |---|---|---|
/// | 0, 4 | 4 each | major, minor |
/// | 8 | 4 | max_readahead, bytes |
/// | 12 | 4 | flags |
/// | 16, 18 | 2 each | max_background, congestion_threshold |
/// | 20 | 4 | max_write, bytes |
/// | 24 | 4 | time_gran, nanoseconds |
/// | 28 | 2 | max_pages of a READ |
/// | 30 | 2 | map_alignment |
/// | 32 | 4 | flags2 |
/// | 36 | 4 | max_stack_depth |
/// | 40 | 2 | request_timeout |
/// | 42 | 22 | unused |
///
/// *Immutable.*
///
/// @param flags the taken [InitFlags], those of flags2 from bit 32 on
/// @param maxBackground requests that the kernel has under way without a waiting caller (readahead)
public record InitOut(
    int major,
    int minor,
    int maxReadaheadBytes,
    long flags,
    int maxBackground,
    int congestionThreshold,
    int maxWriteBytes,
    int maxPages) {
  /// Bytes of the record on the wire.
  public static final int SIZE_BYTES = 64;

  /// Writes the 64 bytes at `at`.
  public void write(MemorySegment into, long at) {
    into.asSlice(at, SIZE_BYTES).fill((byte) 0);
    into.set(JAVA_INT_UNALIGNED, at, major);
    into.set(JAVA_INT_UNALIGNED, at + 4, minor);
    into.set(JAVA_INT_UNALIGNED, at + 8, maxReadaheadBytes);
    into.set(JAVA_INT_UNALIGNED, at + 12, (int) flags);
    into.set(JAVA_SHORT_UNALIGNED, at + 16, (short) maxBackground);
    into.set(JAVA_SHORT_UNALIGNED, at + 18, (short) congestionThreshold);
    into.set(JAVA_INT_UNALIGNED, at + 20, maxWriteBytes);
    into.set(JAVA_INT_UNALIGNED, at + 24, 1);
    into.set(JAVA_SHORT_UNALIGNED, at + 28, (short) maxPages);
    into.set(JAVA_INT_UNALIGNED, at + 32, (int) (flags >>> 32));
  }
}
