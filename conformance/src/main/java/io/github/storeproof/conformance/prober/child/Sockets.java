package io.github.storeproof.conformance.prober.child;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.storeproof.conformance.prober.Errno;
import java.lang.foreign.MemorySegment;

/// Descriptors that travel through a socket: `struct msghdr` with one `SCM_RIGHTS` in it.
///
/// | offset | size | field of msghdr |
/// |---|---|---|
/// | 16 | 8 | msg_iov: one byte, since a message must have one |
/// | 24 | 8 | msg_iovlen |
/// | 32 | 8 | msg_control: length 8, level 4, type 4, descriptor 4, padding 4 |
/// | 40 | 8 | msg_controllen |
final class Sockets {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
  private static final int MSGHDR_BYTES = 56;
  private static final int CONTROL_BYTES = 24;
  private static final int CONTROL_LENGTH = 20;
  private static final int DESCRIPTOR_OFFSET = 16;

  private Sockets() {}

  /// Sends a descriptor to this process; returns the one that arrives, or a negative errno.
  static long pass(ScriptRunner runner, long descriptor) {
    Kernel kernel = runner.kernel();
    try (Memory memory = new Memory()) {
      MemorySegment ends = memory.allocate(2L * Integer.BYTES);
      long made = kernel.call("socketpair", AF_UNIX, SOCK_STREAM, 0, ends.address());
      if (made < 0) {
        return made;
      }
      int near = ends.get(JAVA_INT, 0);
      int far = ends.get(JAVA_INT, Integer.BYTES);
      try {
        return pass(runner, memory, (int) descriptor, near, far);
      } finally {
        kernel.close(near, far);
      }
    }
  }

  private static long pass(ScriptRunner runner, Memory memory, int descriptor, int near, int far) {
    MemorySegment control = memory.allocate(CONTROL_BYTES);
    MemorySegment message = message(memory, control);
    control.set(JAVA_LONG, 0, CONTROL_LENGTH);
    control.set(JAVA_INT, 8, SOL_SOCKET);
    control.set(JAVA_INT, 12, SCM_RIGHTS);
    control.set(JAVA_INT, DESCRIPTOR_OFFSET, descriptor);
    long sent = runner.kernel().call("sendmsg", near, message.address(), 0);
    if (sent < 0) {
      return sent;
    }
    control.fill((byte) 0);
    long received = runner.kernel().call("recvmsg", far, message.address(), MSG_CMSG_CLOEXEC);
    if (received < 0) {
      return received;
    }
    if (control.get(JAVA_LONG, 0) < CONTROL_LENGTH) {
      return -Errno.EBADF.number();
    }
    int arrived = control.get(JAVA_INT, DESCRIPTOR_OFFSET);
    runner.own(arrived);
    return arrived;
  }

  private static MemorySegment message(Memory memory, MemorySegment control) {
    MemorySegment vector = memory.allocate(2L * Long.BYTES);
    vector.set(JAVA_LONG, 0, memory.allocate(1).address());
    vector.set(JAVA_LONG, Long.BYTES, 1);
    MemorySegment message = memory.allocate(MSGHDR_BYTES);
    message.set(JAVA_LONG, 16, vector.address());
    message.set(JAVA_LONG, 24, 1);
    message.set(JAVA_LONG, 32, control.address());
    message.set(JAVA_LONG, 40, CONTROL_BYTES);
    return message;
  }
}
