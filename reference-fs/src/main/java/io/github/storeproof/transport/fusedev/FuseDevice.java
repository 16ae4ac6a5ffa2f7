package io.github.storeproof.transport.fusedev;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.github.storeproof.fuse.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// An open `/dev/fuse`: the requests of one connection are read from it, and each reply goes to the
/// descriptor that its request came from. *Thread-safe*; callers bring their own [Libc].
final class FuseDevice {
  private static final byte[] PATH = "/dev/fuse".getBytes(StandardCharsets.US_ASCII);

  /// `FUSE_DEV_IOC_CLONE`: makes this descriptor another queue of the given one's connection.
  private static final long CLONE = 0x8004e500L;

  private final int fd;

  FuseDevice(int fd) {
    this.fd = fd;
  }

  static FuseDevice open() throws MountException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = new Libc(arena).open(Libc.cString(arena, PATH), Libc.O_RDWR | Libc.O_CLOEXEC);
      if (fd >= 0) {
        return new FuseDevice(fd);
      }
      String reason =
          -fd == Errno.ENOENT.number()
              ? "it does not exist: load the module (modprobe fuse) or give the container the device"
              : Errno.describe(-fd);
      throw new MountException("cannot open /dev/fuse for reading and writing: " + reason);
    }
  }

  /// Another descriptor of this connection, for another request loop.
  FuseDevice cloned() throws MountException {
    FuseDevice clone = open();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment original = arena.allocate(JAVA_INT);
      original.set(JAVA_INT, 0, fd);
      int result = new Libc(arena).ioctl(clone.fd, CLONE, original);
      if (result < 0) {
        clone.close();
        throw new MountException("cannot clone /dev/fuse: " + Errno.describe(-result));
      }
    }
    return clone;
  }

  int fd() {
    return fd;
  }

  /// Waits for a request.
  ///
  /// @return its length in bytes, or the negated errno that ended the connection
  long receive(Libc libc, MemorySegment into) {
    while (true) {
      long result = libc.read(fd, into, into.byteSize());
      // ENOENT: the request was given up while it was read.
      if (result >= 0
          || (result != -Errno.EINTR.number()
              && result != -Errno.EAGAIN.number()
              && result != -Errno.ENOENT.number())) {
        return result;
      }
    }
  }

  void close() {
    try (Arena arena = Arena.ofConfined()) {
      new Libc(arena).close(fd);
    }
  }
}
