package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Errno;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Streams over descriptors that no other code of the process knows.
final class PipeStreams {
  private static final int BUFFER_BYTES = 65_536;

  private PipeStreams() {}

  /// Reads a descriptor. Confined.
  static final class Input extends InputStream {
    private final Kernel kernel = new Kernel();
    private final Memory memory = new Memory();
    private final MemorySegment buffer = memory.allocate(BUFFER_BYTES);
    private final int descriptor;

    Input(int descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long count;
      do {
        count = kernel.call("read", descriptor, buffer.address(), Math.min(length, BUFFER_BYTES));
      } while (count == -Errno.EINTR.number());
      if (count < 0) {
        throw new IOException("read failed with errno " + -count);
      }
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, offset, (int) count);
      return count == 0 && length > 0 ? -1 : (int) count;
    }
  }

  /// Writes a descriptor. Confined.
  static final class Output extends OutputStream {
    private final Kernel kernel = new Kernel();
    private final Memory memory = new Memory();
    private final MemorySegment buffer = memory.allocate(BUFFER_BYTES);
    private final int descriptor;

    Output(int descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int at = 0; at < length; ) {
        int count = Math.min(length - at, BUFFER_BYTES);
        MemorySegment.copy(bytes, offset + at, buffer, ValueLayout.JAVA_BYTE, 0, count);
        long written = kernel.call("write", descriptor, buffer.address(), count);
        if (written < 0 && written != -Errno.EINTR.number()) {
          throw new IOException("write failed with errno " + -written);
        }
        at += (int) Math.max(0, written);
      }
    }
  }
}
