package io.github.storeproof.conformance.prober.child;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Linux;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Reads by an io_uring of its own: `linux/io_uring.h`. Confined.
///
/// | structure | fields (offset) |
/// |---|---|
/// | io_uring_params, 120 bytes | sq_entries (0), cq_entries (4), sq_off (40), cq_off (80) |
/// | sq_off | head (0), tail (4), ring_mask (8), array (24) |
/// | cq_off | head (0), tail (4), ring_mask (8), cqes (20) |
/// | io_uring_sqe, 64 bytes | opcode (0), fd (4), off (8), addr (16), len (24), user_data (32) |
/// | io_uring_cqe, 16 bytes | user_data (0), res (8) |
final class RingReader {
  private static final int PARAMETER_BYTES = 120;
  private static final int SUBMISSION_BYTES = 64;
  private static final int COMPLETION_BYTES = 16;
  private static final long COMPLETION_RING = 0x800_0000L;
  private static final long SUBMISSIONS = 0x1000_0000L;
  private static final byte READ = 22;
  private static final int GETEVENTS = 1;

  private final ScriptRunner runner;
  private final Memory memory;
  private final MemorySegment parameters;
  private final List<MemorySegment> mappings = new ArrayList<>();

  private RingReader(ScriptRunner runner, Memory memory) {
    this.runner = runner;
    this.memory = memory;
    this.parameters = memory.allocate(PARAMETER_BYTES);
  }

  static Outcome read(ScriptRunner runner, Call.RingReads call) throws IOException {
    try (Memory memory = new Memory()) {
      RingReader reader = new RingReader(runner, memory);
      long entries = Math.max(1, Integer.highestOneBit(2 * call.ranges().size() - 1));
      long ring = runner.kernel().call("io_uring_setup", entries, reader.parameters.address());
      if (ring < 0) {
        return Outcome.of(ring);
      }
      try {
        return reader.readAll((int) ring, call);
      } finally {
        reader.close((int) ring);
      }
    }
  }

  private Outcome readAll(int ring, Call.RingReads call) throws IOException {
    int entries = parameters.get(JAVA_INT, 0);
    MemorySegment submission = map(ring, field(40 + 24) + 4L * entries, 0);
    MemorySegment completion =
        map(ring, field(80 + 20) + (long) COMPLETION_BYTES * field(4), COMPLETION_RING);
    MemorySegment requests = map(ring, (long) SUBMISSION_BYTES * entries, SUBMISSIONS);
    List<MemorySegment> buffers = new ArrayList<>();
    int fd = (int) runner.value(call.fd());
    for (int at = 0; at < call.ranges().size(); at++) {
      MemorySegment buffer = memory.allocate(call.ranges().get(at).lengthBytes());
      buffers.add(buffer);
      request(
          requests.asSlice((long) at * SUBMISSION_BYTES), fd, call.ranges().get(at), buffer, at);
      submission.set(JAVA_INT, field(40 + 24) + 4L * at, at);
    }
    submission.set(JAVA_INT, field(40 + 4), call.ranges().size());
    submit(ring, call.ranges().size(), completion);
    return outcome(completion, buffers);
  }

  private static void request(
      MemorySegment entry, int fd, Call.Range range, MemorySegment buffer, int number) {
    entry.set(JAVA_BYTE, 0, READ);
    entry.set(JAVA_INT, 4, fd);
    entry.set(JAVA_LONG, 8, range.offsetBytes());
    entry.set(JAVA_LONG, 16, buffer.address());
    entry.set(JAVA_INT, 24, range.lengthBytes());
    entry.set(JAVA_LONG, 32, number);
  }

  private void submit(int ring, int count, MemorySegment completion) throws IOException {
    int submitted = 0;
    while (completion.get(JAVA_INT, field(80 + 4)) < count) {
      int left = count - submitted;
      submitted +=
          (int) runner.kernel().require("io_uring_enter", ring, left, count, GETEVENTS, 0, 0);
    }
  }

  private Outcome outcome(MemorySegment completion, List<MemorySegment> buffers) {
    int count = buffers.size();
    int[] results = new int[count];
    for (int at = 0; at < count; at++) {
      long entry = field(80 + 20) + (long) COMPLETION_BYTES * at;
      results[(int) completion.get(JAVA_LONG, entry)] = completion.get(JAVA_INT, entry + 8);
    }
    ByteBuffer returned = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.nativeOrder());
    List<Bytes> outs = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      returned.putInt(results[at]);
      byte[] read = Memory.read(buffers.get(at), Math.max(0, results[at]));
      outs.add(runner.session().keep(read));
    }
    outs.addFirst(Bytes.wrap(returned.array()));
    return new Outcome(count, outs, List.of());
  }

  private int field(long offset) {
    return parameters.get(JAVA_INT, offset);
  }

  private MemorySegment map(int ring, long sizeBytes, long offset) throws IOException {
    int protection = Linux.PROT_READ | Linux.PROT_WRITE;
    long address =
        runner.kernel().require("mmap", 0, sizeBytes, protection, Linux.MAP_SHARED, ring, offset);
    MemorySegment mapping = Libc.memory(address, sizeBytes);
    mappings.add(mapping);
    return mapping;
  }

  private void close(int ring) {
    for (MemorySegment mapping : mappings) {
      runner.kernel().call("munmap", mapping.address(), mapping.byteSize());
    }
    runner.kernel().close(ring);
  }
}
