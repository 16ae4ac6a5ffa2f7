package io.github.storeproof.conformance.prober.wire;

import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.conformance.prober.Machine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// `struct stat`. Immutable.
///
/// | field | x86-64 | aarch64 |
/// |---|---|---|
/// | st_dev | 0, 8 | 0, 8 |
/// | st_ino | 8, 8 | 8, 8 |
/// | st_mode | 24, 4 | 16, 4 |
/// | st_nlink | 16, 8 | 20, 4 |
/// | st_uid, st_gid | 28, 32 | 24, 28 |
/// | st_rdev | 40, 8 | 32, 8 |
/// | st_size | 48, 8 | 48, 8 |
/// | st_blksize | 56, 8 | 56, 4 |
/// | st_blocks | 64, 8 | 64, 8 |
/// | st_atim, st_mtim, st_ctim | 72, 88, 104 | 72, 88, 104 |
///
/// @param blocks in units of 512 bytes
public record Stat(
    long dev,
    long ino,
    int mode,
    long nlink,
    int uid,
    int gid,
    long rdev,
    long size,
    long blksize,
    long blocks,
    Timestamp atime,
    Timestamp mtime,
    Timestamp ctime) {

  /// Reads the structure.
  public static Stat decode(byte[] bytes, Machine machine) {
    ByteBuffer at = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    return switch (machine) {
      case X86_64 ->
          common(
              at,
              at.getInt(24),
              at.getLong(16),
              at.getInt(28),
              at.getInt(32),
              at.getLong(40),
              at.getLong(56));
      case AARCH64 ->
          common(
              at,
              at.getInt(16),
              at.getInt(20),
              at.getInt(24),
              at.getInt(28),
              at.getLong(32),
              at.getInt(56));
    };
  }

  private static Stat common(
      ByteBuffer at, int mode, long nlink, int uid, int gid, long rdev, long blksize) {
    return new Stat(
        at.getLong(0),
        at.getLong(8),
        mode,
        nlink,
        uid,
        gid,
        rdev,
        at.getLong(48),
        blksize,
        at.getLong(64),
        new Timestamp(at.getLong(72), at.getLong(80)),
        new Timestamp(at.getLong(88), at.getLong(96)),
        new Timestamp(at.getLong(104), at.getLong(112)));
  }

  /// Returns the `S_IFMT` part of the mode.
  public int type() {
    return mode & Linux.S_IFMT;
  }

  /// Returns the permission bits with set-id and sticky bits.
  public int permissions() {
    return mode & 07777;
  }

  /// Returns true for a directory.
  public boolean isDirectory() {
    return type() == Linux.S_IFDIR;
  }

  /// Returns true for a regular file.
  public boolean isRegular() {
    return type() == Linux.S_IFREG;
  }

  /// Returns true for a symbolic link.
  public boolean isSymlink() {
    return type() == Linux.S_IFLNK;
  }
}
