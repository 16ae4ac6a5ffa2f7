package io.github.storeproof.conformance.prober;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Calls that change content and attributes, and those that make changes durable.
public non-sealed interface WriteCalls extends Calls {
  /// `write(fd, bytes)`.
  default Slot write(Operand fd, byte[] bytes) {
    return call("write", fd, new Arg.In(Bytes.of(bytes)), Arg.num(bytes.length));
  }

  /// `pwrite(fd, bytes, offset)`.
  default Slot pwrite(Operand fd, byte[] bytes, long offset) {
    return call(
        "pwrite64", fd, new Arg.In(Bytes.of(bytes)), Arg.num(bytes.length), Arg.num(offset));
  }

  /// `truncate(path, length)`.
  default Slot truncate(Arg path, long length) {
    return call("truncate", path, Arg.num(length));
  }

  /// `ftruncate(fd, length)`.
  default Slot ftruncate(Operand fd, long length) {
    return call("ftruncate", fd, Arg.num(length));
  }

  /// `fallocate(fd, mode, offset, length)`.
  default Slot fallocate(Operand fd, int mode, long offset, long length) {
    return call("fallocate", fd, Arg.num(mode), Arg.num(offset), Arg.num(length));
  }

  /// `chmod(path, mode)`.
  default Slot chmod(Arg path, int mode) {
    return call("fchmodat", Arg.cwd(), path, Symbols.mode(mode));
  }

  /// `fchmod(fd, mode)`.
  default Slot fchmod(Operand fd, int mode) {
    return call("fchmod", fd, Symbols.mode(mode));
  }

  /// `fchownat(AT_FDCWD, path, uid, gid, flags)`.
  default Slot chown(Arg path, int uid, int gid, int flags) {
    return call("fchownat", Arg.cwd(), path, Arg.num(uid), Arg.num(gid), Symbols.at(flags));
  }

  /// `fchown(fd, uid, gid)`.
  default Slot fchown(Operand fd, int uid, int gid) {
    return call("fchown", fd, Arg.num(uid), Arg.num(gid));
  }

  /// `utimensat(AT_FDCWD, path, {access, modification}, flags)`; each time is seconds and nanoseconds or `UTIME_NOW`, `UTIME_OMIT`.
  default Slot utimens(
      Arg path,
      long accessSeconds,
      long accessNanos,
      long changeSeconds,
      long changeNanos,
      int flags) {
    return call(
        "utimensat",
        Arg.cwd(),
        path,
        times(accessSeconds, accessNanos, changeSeconds, changeNanos),
        Symbols.at(flags));
  }

  /// `utimensat(AT_FDCWD, path, {UTIME_OMIT, UTIME_OMIT}, 0)`, which changes nothing.
  default Slot utimensOmit(Arg path) {
    return utimens(path, 0, Linux.UTIME_OMIT, 0, Linux.UTIME_OMIT, 0);
  }

  /// `futimens(fd, {access, modification})`.
  default Slot futimens(
      Operand fd, long accessSeconds, long accessNanos, long changeSeconds, long changeNanos) {
    return call(
        "utimensat",
        fd,
        Arg.nullPointer(),
        times(accessSeconds, accessNanos, changeSeconds, changeNanos),
        Arg.num(0));
  }

  /// `ioctl(fd, FS_IOC_SETFLAGS, &flags)`.
  default Slot setInodeFlags(Operand fd, int flags) {
    ByteBuffer value = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(flags);
    return call(
        "ioctl", fd, Symbols.ioctl(Linux.FS_IOC_SETFLAGS), new Arg.In(Bytes.of(value.array())));
  }

  /// `fsync(fd)`.
  default Slot fsync(Operand fd) {
    return call("fsync", fd);
  }

  /// `fdatasync(fd)`.
  default Slot fdatasync(Operand fd) {
    return call("fdatasync", fd);
  }

  /// `syncfs(fd)`.
  default Slot syncfs(Operand fd) {
    return call("syncfs", fd);
  }

  private static Arg times(
      long accessSeconds, long accessNanos, long changeSeconds, long changeNanos) {
    ByteBuffer times = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
    times.putLong(accessSeconds).putLong(accessNanos).putLong(changeSeconds).putLong(changeNanos);
    return new Arg.In(Bytes.of(times.array()));
  }
}
