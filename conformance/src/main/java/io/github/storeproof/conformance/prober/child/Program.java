package io.github.storeproof.conformance.prober.child;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Linux;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A program to run to its end: raw bytes for path and arguments, pipes for its streams. Confined.
final class Program {
  private static final int BUFFER_BYTES = 65_536;

  private final Kernel kernel;
  private final byte[] path;
  private final List<byte[]> argv;
  private final List<byte[]> environment;

  Program(Kernel kernel, byte[] path, List<byte[]> argv, List<byte[]> environment) {
    this.kernel = kernel;
    this.path = path;
    this.argv = argv;
    this.environment = environment;
  }

  /// How it ended; `errno` is not 0 when it did not start.
  record Exit(int errno, int waitStatus, Bytes stdout, Bytes stderr) {}

  /// Runs the program with `stdin` on its standard input; of each output the first `keptBytes` are kept.
  Exit run(byte[] stdin, int keptBytes) throws IOException {
    int[] in = kernel.pipe();
    int[] out = kernel.pipe();
    int[] err = kernel.pipe();
    try (Memory memory = new Memory()) {
      MemorySegment pid = memory.allocate(Integer.BYTES);
      int errno =
          Libc.Spawn.spawn(
              memory,
              memory.cString(path),
              strings(memory, argv),
              strings(memory, environment),
              pid,
              in[0],
              out[1],
              err[1]);
      kernel.close(in[0], out[1], err[1]);
      if (errno != 0) {
        return new Exit(errno, 0, Bytes.EMPTY, Bytes.EMPTY);
      }
      Streams streams = new Streams(memory, keptBytes, out[0], err[0]);
      feed(memory, in[1], stdin);
      in[1] = -1;
      streams.drain();
      MemorySegment status = memory.allocate(Integer.BYTES);
      kernel.require("wait4", pid.get(JAVA_INT, 0), status.address(), 0, 0);
      return new Exit(
          0,
          status.get(JAVA_INT, 0),
          Bytes.wrap(streams.kept[0].toByteArray()),
          Bytes.wrap(streams.kept[1].toByteArray()));
    } finally {
      kernel.close(in[1], out[0], err[0]);
    }
  }

  private void feed(Memory memory, int pipe, byte[] bytes) {
    MemorySegment segment = memory.copyOf(bytes);
    long at = 0;
    while (at < bytes.length) {
      long written = kernel.call("write", pipe, segment.address() + at, bytes.length - at);
      if (written <= 0) {
        break;
      }
      at += written;
    }
    kernel.close(pipe);
  }

  private static MemorySegment strings(Memory memory, List<byte[]> strings) {
    MemorySegment pointers = memory.allocate((strings.size() + 1L) * Long.BYTES);
    for (int index = 0; index < strings.size(); index++) {
      pointers.setAtIndex(JAVA_LONG, index, memory.cString(strings.get(index)).address());
    }
    return pointers;
  }

  /// Reads two pipes to their ends, whichever has something.
  private final class Streams {
    private final int keptBytes;
    private final int[] pipes;
    private final MemorySegment pollfds;
    private final MemorySegment buffer;
    private final ByteArrayOutputStream[] kept = {
      new ByteArrayOutputStream(), new ByteArrayOutputStream()
    };

    Streams(Memory memory, int keptBytes, int... pipes) {
      this.keptBytes = keptBytes;
      this.pipes = pipes.clone();
      this.pollfds = memory.allocate(8L * pipes.length);
      this.buffer = memory.allocate(BUFFER_BYTES);
    }

    void drain() throws IOException {
      while (pipes[0] >= 0 || pipes[1] >= 0) {
        for (int index = 0; index < pipes.length; index++) {
          pollfds.set(JAVA_INT, 8L * index, pipes[index]);
          pollfds.set(JAVA_SHORT, 8L * index + 4, (short) Linux.POLLIN);
        }
        long ready = kernel.call("ppoll", pollfds.address(), pipes.length, 0, 0, 8);
        if (ready == -Errno.EINTR.number()) {
          continue;
        }
        for (int index = 0; index < pipes.length; index++) {
          if (pollfds.get(JAVA_SHORT, 8L * index + 6) != 0) {
            read(index);
          }
        }
      }
    }

    private void read(int index) throws IOException {
      long count = kernel.require("read", pipes[index], buffer.address(), BUFFER_BYTES);
      if (count == 0) {
        pipes[index] = -1;
        return;
      }
      int room = Math.max(0, keptBytes - kept[index].size());
      kept[index].write(Memory.read(buffer, Math.min(count, room)));
    }
  }
}
