package io.github.storeproof.conformance.prober.child;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The functions of libc that the child calls; the only class with native method handles. Thread-safe.
@SuppressWarnings("restricted")
final class Libc {
  /// Where the errno of a call is kept.
  static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();

  private static final Linker LINKER = Linker.nativeLinker();
  private static final VarHandle ERRNO = ERRNO_LAYOUT.varHandle(PathElement.groupElement("errno"));
  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          symbol("syscall"),
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
              JAVA_LONG),
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));

  private Libc() {}

  /// Makes a system call; returns its result, or the negative errno.
  static long syscall(
      MemorySegment errno, long number, long a, long b, long c, long d, long e, long f) {
    try {
      long result = (long) SYSCALL.invokeExact(errno, number, a, b, c, d, e, f);
      return result == -1 ? -(int) ERRNO.get(errno, 0L) : result;
    } catch (Throwable thrown) {
      throw new AssertionError("syscall " + number, thrown);
    }
  }

  /// Returns memory of the kernel or of a mapping, by its address; it is there as long as the mapping is.
  static MemorySegment memory(long address, long sizeBytes) {
    return MemorySegment.ofAddress(address).reinterpret(sizeBytes);
  }

  /// posix_spawn and what it needs, bound when a program is first started.
  static final class Spawn {
    /// Room for `posix_spawn_file_actions_t` or `posix_spawnattr_t` of glibc and musl.
    static final int OPAQUE_BYTES = 512;

    /// Room for `sigset_t`.
    static final int SIGNAL_SET_BYTES = 128;

    private static final int SET_SIGNAL_DEFAULTS = 0x04;
    private static final int SET_SIGNAL_MASK = 0x08;

    private static final MethodHandle SPAWN =
        bind("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle ACTIONS_INIT = bind("posix_spawn_file_actions_init", ADDRESS);
    private static final MethodHandle ACTIONS_DUP =
        bind("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACTIONS_DESTROY =
        bind("posix_spawn_file_actions_destroy", ADDRESS);
    private static final MethodHandle ATTRIBUTES_INIT = bind("posix_spawnattr_init", ADDRESS);
    private static final MethodHandle ATTRIBUTES_FLAGS =
        bind("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
    private static final MethodHandle ATTRIBUTES_DEFAULTS =
        bind("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
    private static final MethodHandle ATTRIBUTES_MASK =
        bind("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
    private static final MethodHandle ATTRIBUTES_DESTROY = bind("posix_spawnattr_destroy", ADDRESS);

    private Spawn() {}

    /// Starts a program; returns 0 or the errno of execve. `descriptors[i]` becomes descriptor i.
    static int spawn(
        Memory memory,
        MemorySegment path,
        MemorySegment argv,
        MemorySegment environment,
        MemorySegment pid,
        int... descriptors) {
      MemorySegment actions = memory.allocate(OPAQUE_BYTES);
      MemorySegment attributes = memory.allocate(OPAQUE_BYTES);
      try {
        check((int) ACTIONS_INIT.invokeExact(actions));
        check((int) ATTRIBUTES_INIT.invokeExact(attributes));
        for (int target = 0; target < descriptors.length; target++) {
          check((int) ACTIONS_DUP.invokeExact(actions, descriptors[target], target));
        }
        MemorySegment none = memory.allocate(SIGNAL_SET_BYTES);
        MemorySegment all = memory.allocate(SIGNAL_SET_BYTES).fill((byte) 0xff);
        check((int) ATTRIBUTES_DEFAULTS.invokeExact(attributes, all));
        check((int) ATTRIBUTES_MASK.invokeExact(attributes, none));
        check(
            (int)
                ATTRIBUTES_FLAGS.invokeExact(
                    attributes, (short) (SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK)));
        int errno = (int) SPAWN.invokeExact(pid, path, actions, attributes, argv, environment);
        check((int) ACTIONS_DESTROY.invokeExact(actions));
        check((int) ATTRIBUTES_DESTROY.invokeExact(attributes));
        return errno;
      } catch (Throwable thrown) {
        throw new AssertionError("posix_spawn", thrown);
      }
    }

    private static void check(int errno) {
      if (errno != 0) {
        throw new IllegalStateException("errno " + errno + " while preparing a program");
      }
    }

    private static MethodHandle bind(String name, MemoryLayout... arguments) {
      return LINKER.downcallHandle(symbol(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }
  }

  private static MemorySegment symbol(String name) {
    return LINKER
        .defaultLookup()
        .find(name)
        .orElseThrow(() -> new IllegalStateException("libc has no " + name));
  }
}
