package io.github.storeproof.conformance.prober.child;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Linux;
import io.github.storeproof.conformance.prober.ReadAll;
import io.github.storeproof.model.Blake3;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Loops of calls on one descriptor.
final class FileComposites {
  private FileComposites() {}

  /// Outputs: length 8 and CRC-32 8, digest, head, sizes of the first reads 4 each; little-endian.
  static Outcome readAll(ScriptRunner runner, Call.ReadAll call) {
    long fd = runner.value(call.fd());
    Blake3 digest = new Blake3();
    CRC32 crc = new CRC32();
    ByteBuffer head = ByteBuffer.allocate(call.headBytes());
    ByteBuffer sizes =
        ByteBuffer.allocate(ReadAll.MAX_READS * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = new byte[call.bufferBytes()];
    long length = 0;
    long result;
    try (Memory memory = new Memory()) {
      MemorySegment buffer = memory.allocate(call.bufferBytes());
      while ((result = runner.kernel().call("read", fd, buffer.address(), call.bufferBytes()))
          > 0) {
        int count = (int) result;
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, count);
        digest.update(bytes, 0, count);
        crc.update(bytes, 0, count);
        head.put(bytes, 0, Math.min(count, head.remaining()));
        if (sizes.hasRemaining()) {
          sizes.putInt(count);
        }
        length += count;
      }
    }
    ByteBuffer summary =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .putLong(crc.getValue());
    Session session = runner.session();
    return Outcome.of(
        result < 0 ? result : length,
        Bytes.wrap(summary.array()),
        Bytes.wrap(digest.digest().toBytes()),
        session.keep(filled(head)),
        session.keep(filled(sizes)));
  }

  private static byte[] filled(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  static Outcome listAll(ScriptRunner runner, Call.ListAll call) {
    long fd = runner.value(call.fd());
    List<Bytes> blocks = new ArrayList<>();
    long result = 0;
    try (Memory memory = new Memory()) {
      MemorySegment buffer = memory.allocate(call.bufferBytes());
      for (int count = 0; count < call.maxCalls(); count++) {
        result = runner.kernel().call("getdents64", fd, buffer.address(), call.bufferBytes());
        if (result <= 0) {
          break;
        }
        blocks.add(runner.session().keep(Memory.read(buffer, result)));
      }
    }
    return new Outcome(result, blocks, List.of());
  }

  static Outcome poll(ScriptRunner runner, Call.Poll call) {
    try (Memory memory = new Memory()) {
      MemorySegment pollfd = memory.allocate(8);
      pollfd.set(JAVA_INT, 0, (int) runner.value(call.fd()));
      pollfd.set(JAVA_SHORT, 4, (short) call.events());
      MemorySegment timeout = memory.allocate(16);
      timeout.set(JAVA_LONG, 0, call.timeoutMillis() / 1000);
      timeout.set(JAVA_LONG, 8, call.timeoutMillis() % 1000 * 1_000_000L);
      long at = call.timeoutMillis() < 0 ? 0 : timeout.address();
      long result = runner.kernel().call("ppoll", pollfd.address(), 1, at, 0, 8);
      pollfd.set(JAVA_INT, 0, 0);
      return Outcome.of(result, Bytes.wrap(Memory.read(pollfd, 8)));
    }
  }

  static long dropCaches(Kernel kernel) {
    try (Memory memory = new Memory()) {
      MemorySegment path =
          memory.cString("/proc/sys/vm/drop_caches".getBytes(StandardCharsets.US_ASCII));
      long fd =
          kernel.call(
              "openat", Linux.AT_FDCWD, path.address(), Linux.O_WRONLY | Linux.O_CLOEXEC, 0);
      if (fd < 0) {
        return fd;
      }
      long written = kernel.call("write", fd, memory.copyOf(new byte[] {'3', '\n'}).address(), 2);
      kernel.close((int) fd);
      return Math.min(written, 0);
    }
  }
}
