package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.host.ProgressFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Writes, before each call, which call a thread is about to make, into a file that the prober has mapped: layout in [ProgressFile]. Thread-safe.
final class Progress {
  private final MemorySegment file;
  private final AtomicInteger nextSlot = new AtomicInteger();

  private Progress(MemorySegment file) {
    this.file = file;
  }

  /// Maps the file at a path; `-` keeps the positions in memory that nobody sees.
  static Progress open(String path) throws IOException {
    if (path.equals("-")) {
      return new Progress(Arena.global().allocate(ProgressFile.BYTES));
    }
    try (FileChannel channel =
        FileChannel.open(Path.of(path), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Progress(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, ProgressFile.BYTES, Arena.global()));
    }
  }

  /// Forgets all threads, before a script.
  void reset() {
    file.fill((byte) 0);
    nextSlot.set(0);
  }

  /// Returns the place of a thread whose calls lie inside the call at `prefix`.
  Marker marker(int tid, int... prefix) {
    int slot = nextSlot.getAndIncrement();
    return new Marker(
        slot < ProgressFile.SLOTS
            ? file.asSlice((long) slot * ProgressFile.SLOT_BYTES, ProgressFile.SLOT_BYTES)
            : null,
        tid,
        prefix);
  }

  /// The place of one thread. Confined.
  static final class Marker {
    private final @Nullable MemorySegment slot;
    private final int tid;
    private final int[] prefix;

    private Marker(@Nullable MemorySegment slot, int tid, int[] prefix) {
      this.slot = slot;
      this.tid = tid;
      this.prefix = prefix;
      for (int level = 0;
          slot != null && level < Math.min(prefix.length, ProgressFile.MAX_DEPTH - 1);
          level++) {
        slot.setAtIndex(ValueLayout.JAVA_INT, ProgressFile.PATH_INDEX + level, prefix[level]);
      }
    }

    int[] pathOf(int callIndex) {
      int[] path = Arrays.copyOf(prefix, prefix.length + 1);
      path[prefix.length] = callIndex;
      return path;
    }

    /// Says that the thread goes on, inside a call that makes many.
    void step() {
      if (slot != null) {
        int steps = slot.getAtIndex(ValueLayout.JAVA_INT, ProgressFile.STEPS_INDEX);
        slot.setAtIndex(ValueLayout.JAVA_INT, ProgressFile.STEPS_INDEX, steps + 1);
      }
    }

    /// Says that the thread is about to make a call.
    void at(int callIndex) {
      if (slot != null) {
        step();
        int depth = Math.min(prefix.length, ProgressFile.MAX_DEPTH - 1);
        slot.setAtIndex(ValueLayout.JAVA_INT, ProgressFile.PATH_INDEX + depth, callIndex);
        slot.setAtIndex(ValueLayout.JAVA_INT, ProgressFile.DEPTH_INDEX, depth + 1);
        slot.setAtIndex(ValueLayout.JAVA_INT, ProgressFile.TID_INDEX, tid);
      }
    }

    /// Says that the thread makes no call any more.
    void done() {
      if (slot != null) {
        slot.setAtIndex(ValueLayout.JAVA_INT, ProgressFile.TID_INDEX, 0);
      }
    }
  }
}
