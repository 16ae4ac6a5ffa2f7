package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Linux;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// Reads mapped memory through a pipe: the kernel touches the pages, so a fault that would raise SIGBUS is EFAULT of a write.
final class MappedMemory {
  private static final int PIPE_BYTES = 65_536;

  private MappedMemory() {}

  static Outcome mapRead(ScriptRunner runner, Call.MapRead call) throws IOException {
    Kernel kernel = runner.kernel();
    long fd = runner.value(call.fd());
    long address =
        kernel.call(
            "mmap",
            0,
            call.lengthBytes(),
            Linux.PROT_READ,
            call.mapFlags(),
            fd,
            call.offsetBytes());
    if (Outcome.isError(address)) {
      return Outcome.of(address);
    }
    try {
      return copy(runner, address, call.lengthBytes());
    } finally {
      kernel.call("munmap", address, call.lengthBytes());
    }
  }

  static Outcome peek(ScriptRunner runner, Call.Peek call) throws IOException {
    return copy(runner, runner.value(call.address()) + call.offsetBytes(), call.lengthBytes());
  }

  private static Outcome copy(ScriptRunner runner, long address, int lengthBytes)
      throws IOException {
    Kernel kernel = runner.kernel();
    ByteArrayOutputStream copied = new ByteArrayOutputStream(lengthBytes);
    int[] pipe = kernel.pipe();
    try (Memory memory = new Memory()) {
      MemorySegment buffer = memory.allocate(PIPE_BYTES);
      while (copied.size() < lengthBytes) {
        long count = Math.min(PIPE_BYTES, lengthBytes - copied.size());
        long written = kernel.call("write", pipe[1], address + copied.size(), count);
        if (written == -Errno.EFAULT.number()) {
          return Outcome.of(written, runner.session().keep(copied.toByteArray()));
        }
        if (written <= 0) {
          throw new IOException("write to a pipe returned " + written);
        }
        kernel.require("read", pipe[0], buffer.address(), written);
        copied.write(Memory.read(buffer, written));
      }
      return Outcome.of(lengthBytes, runner.session().keep(copied.toByteArray()));
    } finally {
      kernel.close(pipe);
    }
  }
}
