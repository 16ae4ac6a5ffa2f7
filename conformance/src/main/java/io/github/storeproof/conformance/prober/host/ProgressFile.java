package io.github.storeproof.conformance.prober.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A small file that prober and child both map: the child writes where its threads are, and the prober reads it when the child hangs. Thread-safe.
///
/// An array of slots of 64 bytes, one for each thread of a script, as native ints: thread id (0: free), depth, the number of steps that
/// it has made, then `depth` numbers: the index of the call; for a thread inside it, that call's index, the thread's number, the index of its call; and so on.
public final class ProgressFile implements AutoCloseable {
  /// The size of one thread's slot.
  public static final int SLOT_BYTES = 64;

  /// How many threads are seen.
  public static final int SLOTS = 1024;

  /// The size of the file.
  public static final int BYTES = SLOT_BYTES * SLOTS;

  /// Index of the thread id, in ints.
  public static final int TID_INDEX = 0;

  /// Index of the depth, in ints.
  public static final int DEPTH_INDEX = 1;

  /// Index of the number of steps, in ints.
  public static final int STEPS_INDEX = 2;

  /// Index of the first number of the path, in ints.
  public static final int PATH_INDEX = 3;

  /// How many numbers fit.
  public static final int MAX_DEPTH = SLOT_BYTES / Integer.BYTES - PATH_INDEX;

  private final Path path;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment file;

  private ProgressFile(Path path) throws IOException {
    this.path = path;
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      file = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, arena);
    }
  }

  /// Makes a new file in the directory for temporary files.
  public static ProgressFile create() throws IOException {
    return new ProgressFile(Files.createTempFile("storeproof-prober", ".progress"));
  }

  /// Returns where the child finds it.
  public Path path() {
    return path;
  }

  /// Removes the name, once the child has mapped the file.
  public void unlink() throws IOException {
    Files.deleteIfExists(path);
  }

  /// A thread of the child and where it is.
  public record Mark(int tid, List<Integer> path) {
    /// Copies the path.
    public Mark {
      path = List.copyOf(path);
    }
  }

  /// Returns where the threads are; a thread that only waits for threads inside its own call is left out.
  public List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      int tid = at(slot, TID_INDEX);
      int depth = Math.clamp(at(slot, DEPTH_INDEX), 0, MAX_DEPTH);
      if (tid != 0) {
        List<Integer> numbers = new ArrayList<>();
        for (int level = 0; level < depth; level++) {
          numbers.add(at(slot, PATH_INDEX + level));
        }
        marks.add(new Mark(tid, numbers));
      }
    }
    return marks.stream()
        .filter(mark -> marks.stream().noneMatch(other -> isInside(other, mark)))
        .toList();
  }

  /// Returns how many steps all threads have made in this script; it stands still when none goes on.
  public long steps() {
    long steps = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      steps += at(slot, STEPS_INDEX);
    }
    return steps;
  }

  private static boolean isInside(Mark inner, Mark outer) {
    return inner.path.size() > outer.path.size()
        && inner.path.subList(0, outer.path.size()).equals(outer.path);
  }

  private int at(int slot, int index) {
    return file.getAtIndex(ValueLayout.JAVA_INT, (long) slot * SLOT_BYTES / Integer.BYTES + index);
  }

  @Override
  public void close() throws IOException {
    unlink();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
