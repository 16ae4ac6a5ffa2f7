package io.github.storeproof.conformance.prober.child;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Linux;
import java.lang.foreign.MemorySegment;

/// Signals to the server of the mount that is looked at.
final class Signals {
  private Signals() {}

  /// Sends a signal to the group of a process and waits until the process has ended, as its pidfd tells: also when nobody has
  /// waited for it yet. Returns 0 or a negative errno.
  static long end(Kernel kernel, long processId, int signal, int limitMillis) {
    long watch = kernel.call("pidfd_open", processId, 0);
    if (watch < 0) {
      return watch;
    }
    try (Memory memory = new Memory()) {
      long group = kernel.call("getpgid", processId);
      long sent = group < 0 ? group : kernel.call("kill", -group, signal);
      return sent < 0 ? sent : awaitEnd(kernel, memory, watch, limitMillis);
    } finally {
      kernel.close((int) watch);
    }
  }

  private static long awaitEnd(Kernel kernel, Memory memory, long watch, int limitMillis) {
    MemorySegment pollfd = memory.allocate(Long.BYTES);
    pollfd.set(JAVA_INT, 0, (int) watch);
    pollfd.set(JAVA_SHORT, Integer.BYTES, (short) Linux.POLLIN);
    MemorySegment limit = memory.allocate(2L * Long.BYTES);
    limit.set(JAVA_LONG, 0, limitMillis / 1000);
    limit.set(JAVA_LONG, Long.BYTES, limitMillis % 1000 * 1_000_000L);
    long ready = kernel.call("ppoll", pollfd.address(), 1, limit.address(), 0, Long.BYTES);
    return ready == 0 ? -Errno.ETIMEDOUT.number() : Math.min(ready, 0);
  }
}
