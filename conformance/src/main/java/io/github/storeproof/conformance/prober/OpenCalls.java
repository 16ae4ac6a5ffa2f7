package io.github.storeproof.conformance.prober;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Calls that make, share and close descriptors.
public non-sealed interface OpenCalls extends Calls {
  /// `open(path, flags)`; the slot is the descriptor.
  default Slot open(String path, int flags) {
    return openat(Arg.cwd(), Arg.path(path), flags, 0);
  }

  /// `open(path, flags)`; the slot is the descriptor.
  default Slot open(byte[] path, int flags) {
    return openat(Arg.cwd(), Arg.path(path), flags, 0);
  }

  /// `open(path, flags, mode)`.
  default Slot open(Arg path, int flags, int mode) {
    return openat(Arg.cwd(), path, flags, mode);
  }

  /// `openat(dir, name, flags)`, the name passed as it is.
  default Slot openat(Operand dir, String name, int flags) {
    return openat(dir, Arg.raw(name), flags, 0);
  }

  /// `openat(dir, name, flags)`, the name passed as it is.
  default Slot openat(Operand dir, byte[] name, int flags) {
    return openat(dir, Arg.raw(name), flags, 0);
  }

  /// `openat(dir, path, flags, mode)`.
  default Slot openat(Operand dir, Arg path, int flags, int mode) {
    return call("openat", dir, path, new Arg.OpenFlags(flags), Symbols.mode(mode));
  }

  /// `openat2(dir, path, {flags, 0, resolve}, 24)`; the flags are passed in the machine's own numbers.
  default Slot openat2(Operand dir, Arg path, int flags, int resolve) {
    ByteBuffer how = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
    how.putLong(Machine.current().openFlags(flags)).putLong(0).putLong(resolve);
    return call("openat2", dir, path, new Arg.In(Bytes.of(how.array())), Arg.num(24));
  }

  /// `close(fd)`.
  default Slot close(Operand fd) {
    return call("close", fd);
  }

  /// `dup(fd)`.
  default Slot dup(Operand fd) {
    return call("dup", fd);
  }

  /// `dup3(fd, newFd, flags)`.
  default Slot dup3(Operand fd, Operand newFd, int flags) {
    return call("dup3", fd, newFd, new Arg.OpenFlags(flags));
  }

  /// `fcntl(fd, command, value)`.
  default Slot fcntl(Operand fd, int command, long value) {
    return call("fcntl", fd, Symbols.fcntl(command), Arg.num(value));
  }

  /// `fcntl(fd, command, struct flock)` over `length` bytes from `start`; 0 is to the end.
  default Slot fcntlLock(Operand fd, int command, int type, long start, long length) {
    ByteBuffer flock = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
    flock
        .putShort((short) type)
        .putShort((short) Linux.SEEK_SET)
        .putInt(0)
        .putLong(start)
        .putLong(length);
    return call("fcntl", fd, Symbols.fcntl(command), new Arg.InOut(Bytes.of(flock.array())));
  }

  /// `flock(fd, operation)`.
  default Slot flock(Operand fd, int operation) {
    return call("flock", fd, Symbols.flock(operation));
  }

  /// `ioctl(fd, request, buffer)` with room for `sizeBytes` bytes.
  default Slot ioctl(Operand fd, int request, int sizeBytes) {
    return call("ioctl", fd, Symbols.ioctl(request), new Arg.Out(sizeBytes, false));
  }

  /// `ioctl(fd, FS_IOC_GETFLAGS, &flags)`.
  default Slot inodeFlags(Operand fd) {
    return call("ioctl", fd, Symbols.ioctl(Linux.FS_IOC_GETFLAGS), new Arg.Out(4, false));
  }

  /// `pipe2(ends, 0)`; see [#readEnd] and [#writeEnd].
  default Slot pipe() {
    return call("pipe2", new Arg.Out(8, false), new Arg.OpenFlags(0));
  }

  /// `pipe2(ends, O_NONBLOCK)`: reading an empty pipe is EAGAIN; see [#readEnd] and [#writeEnd].
  default Slot pipeWithoutWaiting() {
    return call("pipe2", new Arg.Out(8, false), new Arg.OpenFlags(Linux.O_NONBLOCK));
  }

  /// `socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK, 0, ends)`; see [#readEnd] and [#writeEnd].
  default Slot socketpair() {
    return call(
        "socketpair",
        Arg.num(1, "AF_UNIX"),
        Arg.num(1 | Linux.O_NONBLOCK, "SOCK_STREAM|SOCK_NONBLOCK"),
        Arg.num(0),
        new Arg.Out(8, false));
  }

  /// Returns the descriptor that reads from a pipe of [#pipe] or is one end of [#socketpair].
  default Arg readEnd(Slot pipe) {
    return new Arg.OutInt(reference(pipe), 0, 0);
  }

  /// Returns the descriptor that writes to a pipe of [#pipe] or is the other end of [#socketpair].
  default Arg writeEnd(Slot pipe) {
    return new Arg.OutInt(reference(pipe), 0, 4);
  }

  /// `memfd_create("storeproof", 0)`: an empty file in memory, to copy into.
  default Slot memfd() {
    return call("memfd_create", Arg.raw("storeproof"), Arg.num(0));
  }

  /// `name_to_handle_at(dir, path, handle, &mountId, flags)` with room for 128 bytes; output 0 is the handle.
  default Slot nameToHandle(Operand dir, Arg path, int flags) {
    ByteBuffer handle = ByteBuffer.allocate(8 + 128).order(ByteOrder.nativeOrder());
    handle.putInt(128);
    return call(
        "name_to_handle_at",
        dir,
        path,
        new Arg.InOut(Bytes.of(handle.array())),
        new Arg.Out(4, false),
        Symbols.at(flags));
  }

  /// `open_by_handle_at(mountFd, handle, flags)` with the handle of [#nameToHandle].
  default Slot openByHandle(Operand mountFd, Slot handle, int flags) {
    return call(
        "open_by_handle_at",
        mountFd,
        new Arg.OutBytes(reference(handle), 0),
        new Arg.OpenFlags(flags));
  }
}
