package io.github.storeproof.fuse.wire;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// The reply to LOOKUP (`struct fuse_entry_out`, 128 bytes): the node that a name leads to, or that
/// there is none.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | nodeid, 0 for a negative entry |
/// | 8 | 8 | generation |
/// | 16 | 8 | entry_valid, seconds |
/// | 24 | 8 | attr_valid, seconds |
/// | 32, 36 | 4 each | their nanoseconds |
/// | 40 | 88 | [Attr] |
///
/// *Immutable.*
///
/// @param nodeId 0 when the name does not exist
/// @param generation with the node id unique for the life of the mount
/// @param entryValidSeconds how long the kernel may believe that the name leads here; [#FOREVER] at
///     most
/// @param attrValidSeconds how long it may believe the attributes
public record Entry(
    long nodeId, long generation, Attr attr, long entryValidSeconds, long attrValidSeconds) {
  /// Bytes of the record on the wire.
  public static final int SIZE_BYTES = 40 + Attr.SIZE_BYTES;

  /// A validity that never ends (the kernel cuts it to what it can count).
  public static final long FOREVER = Long.MAX_VALUE >> 1;

  private static final Attr NO_ATTR = new Attr(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// The name does not exist, and the kernel need not ask again for `validSeconds`; 0: it asks each
  /// time.
  public static Entry negative(long validSeconds) {
    return new Entry(0, 0, NO_ATTR, validSeconds, 0);
  }

  /// Writes the 128 bytes at `at`.
  public void write(MemorySegment into, long at) {
    into.set(JAVA_LONG_UNALIGNED, at, nodeId);
    into.set(JAVA_LONG_UNALIGNED, at + 8, generation);
    into.set(JAVA_LONG_UNALIGNED, at + 16, entryValidSeconds);
    into.set(JAVA_LONG_UNALIGNED, at + 24, attrValidSeconds);
    into.set(JAVA_LONG_UNALIGNED, at + 32, 0);
    attr.write(into, at + 40);
  }
}
