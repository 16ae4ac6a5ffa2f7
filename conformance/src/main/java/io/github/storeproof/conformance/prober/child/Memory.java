package io.github.storeproof.conformance.prober.child;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Native memory for the arguments of one call, freed when it is closed. Confined.
final class Memory implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;

  private final Arena arena = Arena.ofConfined();

  /// Returns zeroed memory; from 512 bytes on it starts at a page, as O_DIRECT wants it.
  MemorySegment allocate(long sizeBytes) {
    return arena.allocate(Math.max(sizeBytes, 1), sizeBytes >= 512 ? PAGE_BYTES : 16);
  }

  MemorySegment copyOf(byte[] bytes) {
    MemorySegment segment = allocate(bytes.length);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  MemorySegment cString(byte[] bytes) {
    MemorySegment segment = allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  static byte[] read(MemorySegment segment, long lengthBytes) {
    return segment.asSlice(0, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public void close() {
    arena.close();
  }
}
