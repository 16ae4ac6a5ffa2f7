package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.conformance.prober.Machine;
import io.github.storeproof.conformance.prober.Syscalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// System calls by name. Results are as in the kernel: negative is an errno. Confined: each thread has its own.
final class Kernel {
  private final Machine machine = Machine.current();
  private final MemorySegment errno = Arena.ofAuto().allocate(Libc.ERRNO_LAYOUT);

  private Runnable step = () -> {};

  /// Says whom to tell of each part of a listing or of a file: calls that are made of many go on from part to part.
  void onEachPart(Runnable told) {
    step = told;
  }

  Machine machine() {
    return machine;
  }

  /// Makes a call with up to 6 arguments.
  long call(String name, long... args) {
    if (name.equals("getdents64") || name.equals("pread64")) {
      step.run();
    }
    return callNumber(Syscalls.number(name, machine), args);
  }

  long callNumber(int number, long... args) {
    return Libc.syscall(
        errno,
        number,
        at(args, 0),
        at(args, 1),
        at(args, 2),
        at(args, 3),
        at(args, 4),
        at(args, 5));
  }

  private static long at(long[] args, int index) {
    return index < args.length ? args[index] : 0;
  }

  /// Makes a call that the child needs for itself.
  ///
  /// @throws IOException if it fails
  long require(String name, long... args) throws IOException {
    long result = call(name, args);
    if (result < 0) {
      throw new IOException(name + " failed with errno " + -result);
    }
    return result;
  }

  /// Makes a pipe whose ends are closed by execve; element 0 reads.
  int[] pipe() throws IOException {
    try (Memory memory = new Memory()) {
      MemorySegment ends = memory.allocate(8);
      require("pipe2", ends.address(), Linux.O_CLOEXEC);
      return new int[] {ends.get(ValueLayout.JAVA_INT, 0), ends.get(ValueLayout.JAVA_INT, 4)};
    }
  }

  void close(int... descriptors) {
    for (int descriptor : descriptors) {
      call("close", descriptor);
    }
  }
}
