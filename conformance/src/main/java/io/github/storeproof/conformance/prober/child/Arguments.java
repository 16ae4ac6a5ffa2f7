package io.github.storeproof.conformance.prober.child;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The arguments of one call in memory, and what the call wrote there. Confined.
final class Arguments {
  private static final int IOVEC_BYTES = 16;

  private record Output(
      List<MemorySegment> buffers, boolean resultIsLength, boolean keptAfterError) {}

  private final ScriptRunner runner;
  private final Memory memory;
  private final List<Output> outputs = new ArrayList<>();
  private final long[] values;

  Arguments(ScriptRunner runner, Memory memory, List<Arg> args) {
    this.runner = runner;
    this.memory = memory;
    this.values = args.stream().mapToLong(this::place).toArray();
  }

  long[] values() {
    return values;
  }

  private long place(Arg arg) {
    return switch (arg) {
      case Arg.CString(Bytes value) -> memory.cString(value.toArray()).address();
      case Arg.RootPath(Bytes relative) ->
          memory.cString(runner.session().path(relative)).address();
      case Arg.In(Bytes value) -> memory.copyOf(value.toArray()).address();
      case Arg.OutBytes(Arg.Ref ref, int outIndex) ->
          memory.copyOf(runner.output(ref, outIndex)).address();
      case Arg.InOut(Bytes initial) ->
          output(memory.copyOf(initial.toArray()), initial.length(), false, true);
      case Arg.Out(int sizeBytes, boolean resultIsLength) ->
          output(memory.allocate(sizeBytes), sizeBytes, resultIsLength, false);
      case Arg.OutVector(List<Integer> sizesBytes) -> vector(sizesBytes);
      case Arg.Num _,
          Arg.OpenFlags _,
          Arg.RootDir _,
          Arg.Result _,
          Arg.OutInt _,
          Arg.DirentOffset _ ->
          runner.value(arg);
    };
  }

  private long output(
      MemorySegment segment, int sizeBytes, boolean resultIsLength, boolean keptAfterError) {
    outputs.add(new Output(List.of(segment.asSlice(0, sizeBytes)), resultIsLength, keptAfterError));
    return segment.address();
  }

  private long vector(List<Integer> sizesBytes) {
    MemorySegment vector = memory.allocate((long) IOVEC_BYTES * sizesBytes.size());
    List<MemorySegment> buffers = new ArrayList<>();
    for (int index = 0; index < sizesBytes.size(); index++) {
      MemorySegment buffer =
          memory.allocate(sizesBytes.get(index)).asSlice(0, sizesBytes.get(index));
      vector.set(JAVA_LONG, (long) index * IOVEC_BYTES, buffer.address());
      vector.set(JAVA_LONG, (long) index * IOVEC_BYTES + 8, buffer.byteSize());
      buffers.add(buffer);
    }
    outputs.add(new Output(buffers, true, false));
    return vector.address();
  }

  /// Returns the outputs that a result leaves valid.
  List<Bytes> outputs(long result) {
    List<Bytes> kept = new ArrayList<>();
    for (Output output : outputs) {
      if (result < 0 && !output.keptAfterError) {
        continue;
      }
      long left = output.resultIsLength ? result : Long.MAX_VALUE;
      for (MemorySegment buffer : output.buffers) {
        long length = Math.min(left, buffer.byteSize());
        kept.add(runner.session().keep(Memory.read(buffer, length)));
        left -= length;
      }
    }
    return kept;
  }
}
