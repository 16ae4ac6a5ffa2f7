package io.github.storeproof.transport.fusedev;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.github.storeproof.fuse.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A child process with descriptors of ours and arguments of any bytes, which [ProcessBuilder]
/// cannot give.
final class Program {
  private final int pid;

  private Program(int pid) {
    this.pid = pid;
  }

  /// Starts it with our environment and `more`.
  ///
  /// @param descriptors pairs of ours and the child's, in turn
  static Program start(List<byte[]> argv, Map<String, String> more, int... descriptors)
      throws MountException {
    try (Arena arena = Arena.ofConfined()) {
      List<byte[]> environment = new ArrayList<>();
      System.getenv().forEach((name, value) -> environment.add(bytes(name + "=" + value)));
      more.forEach((name, value) -> environment.add(bytes(name + "=" + value)));
      int pid =
          new Libc(arena).spawn(array(arena, argv), array(arena, environment), descriptors, arena);
      if (pid < 0) {
        throw new MountException(
            "cannot run %s (%s): install fuse3, or mount as root"
                .formatted(
                    new String(argv.getFirst(), StandardCharsets.UTF_8), Errno.describe(-pid)));
      }
      return new Program(pid);
    }
  }

  /// Waits for its end.
  ///
  /// @return its exit status as waitpid(2) gives it; 0 is success
  int await() {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      MemorySegment status = arena.allocate(JAVA_INT);
      int result;
      do {
        result = libc.waitpid(pid, status);
      } while (result == -Errno.EINTR.number());
      return result < 0 ? result : status.get(JAVA_INT, 0);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MemorySegment array(Arena arena, List<byte[]> strings) {
    MemorySegment array = arena.allocate(8L * (strings.size() + 1), 8);
    for (int i = 0; i < strings.size(); i++) {
      array.setAtIndex(ADDRESS, i, Libc.cString(arena, strings.get(i)));
    }
    array.setAtIndex(ADDRESS, strings.size(), MemorySegment.NULL);
    return array;
  }
}
