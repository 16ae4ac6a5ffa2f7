package io.github.storeproof.conformance.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where a run keeps its trees. A run makes and removes some ten thousand small files; on ext4 each file that is made soon after
/// many were removed costs the kernel up to a millisecond, in memory it costs some microseconds.
final class ScratchSpace {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long LEAST_FREE_BYTES = 2L << 30;

  private ScratchSpace() {}

  /// `$TMPDIR` where the user has set it; else memory, where it is large enough and programs may run from it; else the
  /// directory for temporary files.
  static Path choose() throws IOException {
    Optional<String> wish =
        Optional.ofNullable(System.getenv("TMPDIR")).filter(dir -> !dir.isEmpty());
    if (wish.isPresent()) {
      return Path.of(wish.get());
    }
    return memoryServes() ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static boolean memoryServes() throws IOException {
    return Files.isWritable(MEMORY)
        && isExecutableMemory(Files.readAllLines(Path.of("/proc/self/mounts")))
        && Files.getFileStore(MEMORY).getUsableSpace() >= LEAST_FREE_BYTES;
  }

  /// Whether `/dev/shm` is a tmpfs without `noexec`, by the lines of `/proc/self/mounts`; the last one for it counts.
  static boolean isExecutableMemory(List<String> mounts) {
    return mounts.stream()
        .map(line -> line.split(" "))
        .filter(fields -> fields.length >= 4 && fields[1].equals(MEMORY.toString()))
        .reduce((_, last) -> last)
        .filter(fields -> fields[2].equals("tmpfs"))
        .filter(fields -> !Arrays.asList(fields[3].split(",")).contains("noexec"))
        .isPresent();
  }
}
