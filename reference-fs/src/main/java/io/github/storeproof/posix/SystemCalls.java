package io.github.storeproof.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The C library's functions as Java methods: the one place of this package where native code is
/// called.
///
/// Each returns what the C function returns and leaves errno in `capture`. *Thread-safe*; a
/// `capture` is *confined* to its call.
@SuppressWarnings("restricted")
final class SystemCalls {
  static final boolean IS_ARM = System.getProperty("os.arch", "").equals("aarch64");
  static final StructLayout CAPTURE = Linker.Option.captureStateLayout();

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO_CAPTURED = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO =
      CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPENAT =
      bind("openat", Linker.Option.firstVariadicArg(3), JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle READ = bind("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle READLINKAT =
      bind("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle GETDENTS64 =
      bind("getdents64", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle STATX =
      bind("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle MMAP =
      bind("mmap", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle MREMAP =
      bind(
          "mremap",
          Linker.Option.firstVariadicArg(4),
          ADDRESS,
          ADDRESS,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_INT);
  private static final MethodHandle SYNCFS = bind("syncfs", JAVA_INT, JAVA_INT);
  private static final MethodHandle FALLOCATE =
      bind("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle MUNMAP = bind("munmap", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private SystemCalls() {}

  static int errno(MemorySegment capture) {
    return (int) ERRNO.get(capture, 0L);
  }

  static int openat(MemorySegment capture, int directoryFd, MemorySegment path, int flags) {
    try {
      return (int) OPENAT.invokeExact(capture, directoryFd, path, flags);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int close(MemorySegment capture, int fd) {
    try {
      return (int) CLOSE.invokeExact(capture, fd);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long read(MemorySegment capture, int fd, MemorySegment into, long sizeBytes) {
    try {
      return (long) READ.invokeExact(capture, fd, into, sizeBytes);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long readlinkat(
      MemorySegment capture,
      int directoryFd,
      MemorySegment path,
      MemorySegment into,
      long sizeBytes) {
    try {
      return (long) READLINKAT.invokeExact(capture, directoryFd, path, into, sizeBytes);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long getdents64(MemorySegment capture, int fd, MemorySegment into, long sizeBytes) {
    try {
      return (long) GETDENTS64.invokeExact(capture, fd, into, sizeBytes);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int statx(
      MemorySegment capture,
      int directoryFd,
      MemorySegment path,
      int flags,
      int mask,
      MemorySegment into) {
    try {
      return (int) STATX.invokeExact(capture, directoryFd, path, flags, mask, into);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static MemorySegment mmap(MemorySegment capture, long sizeBytes, int protection, int flags) {
    try {
      return (MemorySegment)
          MMAP.invokeExact(capture, MemorySegment.NULL, sizeBytes, protection, flags, -1, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static MemorySegment mremap(
      MemorySegment capture, MemorySegment old, long oldSizeBytes, long newSizeBytes, int flags) {
    try {
      return (MemorySegment) MREMAP.invokeExact(capture, old, oldSizeBytes, newSizeBytes, flags);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int syncfs(MemorySegment capture, int fd) {
    try {
      return (int) SYNCFS.invokeExact(capture, fd);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int fallocate(MemorySegment capture, int fd, int mode, long offset, long sizeBytes) {
    try {
      return (int) FALLOCATE.invokeExact(capture, fd, mode, offset, sizeBytes);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int munmap(MemorySegment capture, MemorySegment memory, long sizeBytes) {
    try {
      return (int) MUNMAP.invokeExact(capture, memory, sizeBytes);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// What strerror(3) says of an errno.
  static String words(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(1024).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Memory at an address that the kernel gave, as long as `arena` lives; then it is unmapped.
  static MemorySegment owned(MemorySegment address, long sizeBytes, Arena arena) {
    MemorySegment capture = Arena.ofAuto().allocate(CAPTURE);
    return address.reinterpret(sizeBytes, arena, memory -> munmap(capture, memory, sizeBytes));
  }

  /// Memory at an address that the kernel gave; whoever holds it unmaps it.
  static MemorySegment unowned(MemorySegment address, long sizeBytes) {
    return address.reinterpret(sizeBytes);
  }

  private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        ERRNO_CAPTURED);
  }

  private static MethodHandle bind(
      String name, Linker.Option variadic, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        ERRNO_CAPTURED,
        variadic);
  }

  private static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a native call that throws", thrown);
  }
}
