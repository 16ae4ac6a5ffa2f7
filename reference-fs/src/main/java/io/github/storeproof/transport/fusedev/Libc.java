package io.github.storeproof.transport.fusedev;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The C library's functions that this transport needs, bound through `java.lang.foreign`.
///
/// A call returns what the function returns, or the negated errno. *Confined*: each thread makes
/// its own, for errno. None is bound as `critical`, because most of them may block.
@SuppressWarnings("restricted")
final class Libc {
  static final int O_RDONLY = 0;
  static final int O_RDWR = 2;
  static final int O_CLOEXEC = 02000000;
  static final int AF_UNIX = 1;
  static final int SOCK_STREAM = 1;
  static final int SOCK_CLOEXEC = 02000000;
  static final int MSG_CMSG_CLOEXEC = 0x40000000;
  static final int AT_FDCWD = -100;
  static final int MNT_DETACH = 2;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO_VALUE =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final FunctionDescriptor TRANSFER =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

  private static final MethodHandle READ = bind("read", TRANSFER);
  private static final MethodHandle WRITE = bind("write", TRANSFER);
  private static final MethodHandle WRITEV =
      bind("writev", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle OPENAT =
      bind(
          "openat",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(3));
  private static final MethodHandle CLOSE =
      bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle IOCTL =
      bind(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle MOUNT =
      bind("mount", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
  private static final MethodHandle UMOUNT2 =
      bind("umount2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle STATX =
      bind(
          "statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle STATFS =
      bind("statfs", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle GETDENTS64 = bind("getdents64", TRANSFER);
  private static final MethodHandle GETEUID = bind("geteuid", FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle GETEGID = bind("getegid", FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle SOCKETPAIR =
      bind("socketpair", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle RECVMSG =
      bind("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle WAITPID =
      bind("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle POSIX_SPAWNP =
      bind(
          "posix_spawnp",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle FILE_ACTIONS_INIT =
      bind("posix_spawn_file_actions_init", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle FILE_ACTIONS_DESTROY =
      bind("posix_spawn_file_actions_destroy", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle FILE_ACTIONS_ADDDUP2 =
      bind(
          "posix_spawn_file_actions_adddup2",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

  private final MemorySegment callState;

  Libc(SegmentAllocator memory) {
    callState = memory.allocate(Linker.Option.captureStateLayout());
  }

  long read(int fd, MemorySegment into, long lengthBytes) {
    try {
      return checked((long) READ.invokeExact(callState, fd, into, lengthBytes));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  long write(int fd, MemorySegment from, long lengthBytes) {
    try {
      return checked((long) WRITE.invokeExact(callState, fd, from, lengthBytes));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  long writev(int fd, MemorySegment vectors, int count) {
    try {
      return checked((long) WRITEV.invokeExact(callState, fd, vectors, count));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int open(MemorySegment path, int flags) {
    try {
      return checked((int) OPENAT.invokeExact(callState, AT_FDCWD, path, flags, 0));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int close(int fd) {
    try {
      return checked((int) CLOSE.invokeExact(callState, fd));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int ioctl(int fd, long request, MemorySegment argument) {
    try {
      return checked((int) IOCTL.invokeExact(callState, fd, request, argument));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int mount(
      MemorySegment source,
      MemorySegment target,
      MemorySegment type,
      long flags,
      MemorySegment data) {
    try {
      return checked((int) MOUNT.invokeExact(callState, source, target, type, flags, data));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int umount2(MemorySegment target, int flags) {
    try {
      return checked((int) UMOUNT2.invokeExact(callState, target, flags));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int statx(MemorySegment path, int flags, int mask, MemorySegment into) {
    try {
      return checked((int) STATX.invokeExact(callState, AT_FDCWD, path, flags, mask, into));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int statfs(MemorySegment path, MemorySegment into) {
    try {
      return checked((int) STATFS.invokeExact(callState, path, into));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  long getdents64(int fd, MemorySegment into, long lengthBytes) {
    try {
      return checked((long) GETDENTS64.invokeExact(callState, fd, into, lengthBytes));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int geteuid() {
    try {
      return (int) GETEUID.invokeExact(callState);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int getegid() {
    try {
      return (int) GETEGID.invokeExact(callState);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int socketpair(int domain, int type, MemorySegment twoDescriptors) {
    try {
      return checked((int) SOCKETPAIR.invokeExact(callState, domain, type, 0, twoDescriptors));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  long recvmsg(int fd, MemorySegment header, int flags) {
    try {
      return checked((long) RECVMSG.invokeExact(callState, fd, header, flags));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  int waitpid(int pid, MemorySegment status) {
    try {
      return checked((int) WAITPID.invokeExact(callState, pid, status, 0));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /// Starts a program that is searched on the PATH.
  ///
  /// @param argv null-terminated array of C strings
  /// @param descriptors pairs of ours and the child's, in turn
  /// @return the process id
  int spawn(
      MemorySegment argv, MemorySegment environment, int[] descriptors, SegmentAllocator memory) {
    MemorySegment actions = memory.allocate(256, 8); // posix_spawn_file_actions_t has 80 bytes
    MemorySegment pid = memory.allocate(JAVA_INT);
    try {
      int ignored = (int) FILE_ACTIONS_INIT.invokeExact(callState, actions);
      for (int i = 0; i < descriptors.length; i += 2) {
        ignored =
            (int)
                FILE_ACTIONS_ADDDUP2.invokeExact(
                    callState, actions, descriptors[i], descriptors[i + 1]);
      }
      int error =
          (int)
              POSIX_SPAWNP.invokeExact(
                  callState,
                  pid,
                  argv.get(ADDRESS, 0),
                  actions,
                  MemorySegment.NULL,
                  argv,
                  environment);
      ignored = (int) FILE_ACTIONS_DESTROY.invokeExact(callState, actions);
      return error == 0 ? pid.get(JAVA_INT, 0) : -error;
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /// The bytes and a NUL.
  static MemorySegment cString(SegmentAllocator memory, byte[] bytes) {
    MemorySegment string = memory.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, string, JAVA_BYTE, 0, bytes.length);
    string.set(JAVA_BYTE, bytes.length, (byte) 0);
    return string;
  }

  /// Asks once, for a short-lived caller.
  static int effectiveUserId() {
    try (Arena arena = Arena.ofConfined()) {
      return new Libc(arena).geteuid();
    }
  }

  private int checked(int result) {
    return result == -1 ? -(int) ERRNO_VALUE.get(callState, 0L) : result;
  }

  private long checked(long result) {
    return result == -1 ? -(int) ERRNO_VALUE.get(callState, 0L) : result;
  }

  private static MethodHandle bind(
      String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker.Option[] options = new Linker.Option[more.length + 1];
    options[0] = ERRNO;
    System.arraycopy(more, 0, options, 1, more.length);
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  private static IllegalStateException unexpected(Throwable t) {
    return new IllegalStateException("a call into the C library failed", t);
  }
}
