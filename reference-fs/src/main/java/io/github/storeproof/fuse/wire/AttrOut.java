package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// The reply to GETATTR (`struct fuse_attr_out`, 104 bytes): attributes and how long the kernel may
/// believe them.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | attr_valid, seconds |
/// | 8 | 4 | attr_valid_nsec |
/// | 12 | 4 | unused |
/// | 16 | 88 | [Attr] |
///
/// *Immutable.*
public record AttrOut(Attr attr, long attrValidSeconds) {
  /// Bytes of the record on the wire.
  public static final int SIZE_BYTES = 16 + Attr.SIZE_BYTES;

  /// Writes the 104 bytes at `at`.
  public void write(MemorySegment into, long at) {
    into.set(JAVA_LONG_UNALIGNED, at, attrValidSeconds);
    into.set(JAVA_LONG_UNALIGNED, at + 8, 0);
    attr.write(into, at + 16);
  }
}
