package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.conformance.prober.Syscalls;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Descriptors and mappings that a script made and has not given back. Confined.
final class Descriptors {
  private static final int F_DUPFD_CLOEXEC = 1030;

  private final Set<Integer> open = new HashSet<>();
  private final Map<Long, Long> mappings = new HashMap<>();

  /// Looks at a call that succeeded.
  void observe(String name, long[] args, long result) {
    switch (name) {
      case "close" -> open.remove((int) args[0]);
      case "mmap" -> mappings.put(result, args[1]);
      case "munmap" -> mappings.remove(args[0]);
      case "fcntl" -> {
        if (args[1] == Linux.F_DUPFD || args[1] == F_DUPFD_CLOEXEC) {
          add(result);
        }
      }
      default -> {
        if (Syscalls.opens(name)) {
          add(result);
        }
      }
    }
  }

  void add(long descriptor) {
    open.add((int) descriptor);
  }

  /// Lets a program that is started now inherit the descriptors.
  void share(Kernel kernel) {
    for (int descriptor : open) {
      kernel.call("fcntl", descriptor, Linux.F_SETFD, 0);
    }
  }

  /// Gives everything back.
  void release(Kernel kernel) {
    for (int descriptor : open) {
      kernel.close(descriptor);
    }
    mappings.forEach((address, length) -> kernel.call("munmap", address, length));
    open.clear();
    mappings.clear();
  }
}
