package io.github.storeproof.conformance.prober.wire;

import io.github.storeproof.conformance.prober.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// `struct statx`, the same on every machine. Immutable.
///
/// | offset | field | offset | field |
/// |---|---|---|---|
/// | 0 | stx_mask | 48 | stx_blocks |
/// | 4 | stx_blksize | 56 | stx_attributes_mask |
/// | 8 | stx_attributes | 64, 80, 96, 112 | stx_atime, btime, ctime, mtime |
/// | 16 | stx_nlink | 128, 132 | stx_rdev_major, minor |
/// | 20, 24 | stx_uid, stx_gid | 136, 140 | stx_dev_major, minor |
/// | 28 | stx_mode (16 bits) | 144 | stx_mnt_id |
/// | 32, 40 | stx_ino, stx_size | | |
///
/// @param mask which fields the filesystem filled
/// @param blocks in units of 512 bytes
public record Statx(
    int mask,
    int blksize,
    long attributes,
    long attributesMask,
    int nlink,
    int uid,
    int gid,
    int mode,
    long ino,
    long size,
    long blocks,
    Timestamp atime,
    Timestamp btime,
    Timestamp ctime,
    Timestamp mtime,
    int rdevMajor,
    int rdevMinor,
    int devMajor,
    int devMinor,
    long mountId) {

  /// Reads the structure.
  public static Statx decode(byte[] bytes) {
    ByteBuffer at = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    return new Statx(
        at.getInt(0),
        at.getInt(4),
        at.getLong(8),
        at.getLong(56),
        at.getInt(16),
        at.getInt(20),
        at.getInt(24),
        at.getShort(28) & 0xffff,
        at.getLong(32),
        at.getLong(40),
        at.getLong(48),
        time(at, 64),
        time(at, 80),
        time(at, 96),
        time(at, 112),
        at.getInt(128),
        at.getInt(132),
        at.getInt(136),
        at.getInt(140),
        at.getLong(144));
  }

  private static Timestamp time(ByteBuffer at, int offset) {
    return new Timestamp(at.getLong(offset), at.getInt(offset + 8));
  }

  /// Returns true if the filesystem filled every field of `wanted`.
  public boolean has(int wanted) {
    return (mask & wanted) == wanted;
  }

  /// Returns the device as `st_dev` of [Stat] has it.
  public long dev() {
    long major = devMajor & 0xffff_ffffL;
    long minor = devMinor & 0xffff_ffffL;
    return (minor & 0xff)
        | ((major & 0xfff) << 8)
        | ((minor & ~0xffL) << 12)
        | ((major & ~0xfffL) << 32);
  }

  /// Returns the `S_IFMT` part of the mode.
  public int type() {
    return mode & Linux.S_IFMT;
  }

  /// Returns the permission bits with set-id and sticky bits.
  public int permissions() {
    return mode & 07777;
  }
}
