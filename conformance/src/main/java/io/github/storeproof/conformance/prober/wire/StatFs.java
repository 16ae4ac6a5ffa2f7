package io.github.storeproof.conformance.prober.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// `struct statfs` of 64-bit Linux: 8-byte fields in this order, the id as two ints. Immutable.
///
/// @param nameMax `f_namelen`
/// @param flags `f_flags`: `ST_RDONLY` and the like
public record StatFs(
    long type,
    long bsize,
    long blocks,
    long blocksFree,
    long blocksAvailable,
    long files,
    long filesFree,
    long id,
    long nameMax,
    long frsize,
    long flags) {

  /// Reads the structure.
  public static StatFs decode(byte[] bytes) {
    ByteBuffer at = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    return new StatFs(
        at.getLong(0),
        at.getLong(8),
        at.getLong(16),
        at.getLong(24),
        at.getLong(32),
        at.getLong(40),
        at.getLong(48),
        at.getLong(56),
        at.getLong(64),
        at.getLong(72),
        at.getLong(80));
  }
}
