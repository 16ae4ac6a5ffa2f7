package io.github.storeproof.transport.fusedev;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.storeproof.fuse.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Mounted by the set-uid program `fusermount3`, which sends the open device back over a socket.
///
/// With `auto_unmount` that program stays, watches the socket's other end, and unmounts when it
/// closes without an orderly unmount before.
///
/// @param guard the socket that such a watcher watches, or -1
/// @param program the watcher
record FusermountMount(MountPoint mountPoint, FuseDevice device, int guard, Program program)
    implements KernelMount {
  private static final byte[] FUSERMOUNT = Program.bytes("fusermount3");
  private static final int CHILD_SOCKET = 3;
  private static final int STANDARD_ERROR = 2;
  private static final int MAX_MESSAGE_BYTES = 1000;

  static FusermountMount of(MountOptions options) throws MountException {
    FuseDevice.open().close(); // a clearer message than the program's
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      int[] socket = socketPair(libc, arena);
      int[] errors = socketPair(libc, arena);
      Program program;
      try {
        program =
            Program.start(
                List.of(
                    FUSERMOUNT,
                    Program.bytes("-o"),
                    Program.bytes(optionText(options)),
                    Program.bytes("--"),
                    options.mountPoint().toBytes()),
                Map.of("_FUSE_COMMFD", Integer.toString(CHILD_SOCKET)),
                socket[1],
                CHILD_SOCKET,
                errors[1],
                STANDARD_ERROR);
      } catch (MountException e) {
        libc.close(socket[0]);
        libc.close(errors[0]);
        throw e;
      } finally {
        libc.close(socket[1]);
        libc.close(errors[1]);
      }
      int fd = receiveDescriptor(libc, arena, socket[0]);
      if (fd < 0) {
        String said = readAll(libc, arena, errors[0]);
        program.await();
        libc.close(socket[0]);
        libc.close(errors[0]);
        throw new MountException(
            "fusermount3 did not mount on %s: %s".formatted(options.mountPoint(), said));
      }
      libc.close(errors[0]);
      if (options.autoUnmount()) {
        return new FusermountMount(options.mountPoint(), new FuseDevice(fd), socket[0], program);
      }
      libc.close(socket[0]);
      program.await();
      return new FusermountMount(options.mountPoint(), new FuseDevice(fd), -1, program);
    }
  }

  @Override
  public int unmount(boolean lazily) {
    byte[] flags = Program.bytes(lazily ? "-uqz" : "-uq");
    try {
      Program unmounter =
          Program.start(
              List.of(FUSERMOUNT, flags, Program.bytes("--"), mountPoint.toBytes()), Map.of());
      return unmounter.await() == 0 ? 0 : Errno.EBUSY.number();
    } catch (MountException e) {
      return Errno.ENOENT.number();
    }
  }

  @Override
  public void release() {
    if (guard >= 0) {
      try (Arena arena = Arena.ofConfined()) {
        new Libc(arena).close(guard);
      }
      program.await();
    }
  }

  private static String optionText(MountOptions options) {
    return "ro,nosuid,nodev,noatime,default_permissions,fsname=%s,subtype=%s%s%s"
        .formatted(
            options.fsName(),
            options.fsName(),
            options.allowOther().orElse(Libc.effectiveUserId() == 0) ? ",allow_other" : "",
            options.autoUnmount() ? ",auto_unmount" : "");
  }

  private static int[] socketPair(Libc libc, Arena arena) throws MountException {
    MemorySegment pair = arena.allocate(8, 4);
    int result = libc.socketpair(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, pair);
    if (result < 0) {
      throw new MountException("cannot make a socket pair: " + Errno.describe(-result));
    }
    return pair.toArray(JAVA_INT);
  }

  /// Takes a message of one byte with one descriptor (`SCM_RIGHTS`).
  ///
  /// | `struct msghdr` | offset |
  /// |---|---|
  /// | iov, iovlen | 16, 24 |
  /// | control, controllen | 32, 40 |
  ///
  /// | `struct cmsghdr` | offset |
  /// |---|---|
  /// | len, level, type, data | 0, 8, 12, 16 |
  ///
  /// @return the descriptor, or -1 when the other end closed without sending one
  private static int receiveDescriptor(Libc libc, Arena arena, int socket) {
    MemorySegment vector = arena.allocate(16, 8);
    vector.set(ADDRESS, 0, arena.allocate(1));
    vector.set(JAVA_LONG, 8, 1);
    MemorySegment control = arena.allocate(64, 8);
    MemorySegment header = arena.allocate(56, 8);
    header.set(ADDRESS, 16, vector);
    header.set(JAVA_LONG, 24, 1);
    header.set(ADDRESS, 32, control);
    header.set(JAVA_LONG, 40, control.byteSize());
    long count;
    do {
      count = libc.recvmsg(socket, header, Libc.MSG_CMSG_CLOEXEC);
    } while (count == -Errno.EINTR.number());
    return count <= 0 || header.get(JAVA_LONG, 40) < 20 ? -1 : control.get(JAVA_INT, 16);
  }

  private static String readAll(Libc libc, Arena arena, int socket) {
    MemorySegment text = arena.allocate(MAX_MESSAGE_BYTES);
    long length = 0;
    while (length < MAX_MESSAGE_BYTES) {
      long count = libc.read(socket, text.asSlice(length), MAX_MESSAGE_BYTES - length);
      if (count <= 0) {
        break;
      }
      length += count;
    }
    String said =
        new String(text.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8).strip();
    return said.isEmpty() ? "it gave no reason" : said;
  }
}
