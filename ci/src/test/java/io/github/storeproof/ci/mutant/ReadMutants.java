package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Opened;
import io.github.storeproof.fuse.wire.StatFs;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Faults in what files hold, and in statfs.
final class ReadMutants {
  private static final int CHUNK_BYTES = 131_072;
  private static final int PAGE_BYTES = 4096;

  static final List<Mutant> ALL =
      List.of(
          reads("ReadsRestartAtEach128KiB", "READ-1", "different", ReadMutants::restarting),
          reads("TheLastByteIsWrong", "READ-1", "different", ReadMutants::lastByteWrong),
          Mutant.of(
              "ReadsBehindTheEndGiveZeros",
              "READ-2",
              "64 bytes, different from byte 0",
              EndlessDirect::new),
          reads("FilesEndEarly", "READ-3", "with digest", ReadMutants::endingEarly),
          reads(
              "ReadsAcrossAChunkAreShort",
              "READ-4",
              "131072 bytes with digest",
              ReadMutants::shortAtEdges),
          Mutant.threaded("ReadersShareABuffer", "READ-5", "thread", SharedBuffer::new),
          Mutant.of("MappingsAreRefused", "READ-6", "ENODEV", DirectIo::new),
          reads("CodeBehindThePageIsZero", "EXE-2", "signal 11", ReadMutants::zeroAfterAPage),
          Mutant.of("StatfsSaysNothing", "STF-1", "f_namelen", right -> statfs(right, 0)),
          Mutant.of("StatfsIsAnError", "STF-1", "EIO", ReadMutants::statfsFails));

  private ReadMutants() {}

  /// What a fault makes of a read.
  @FunctionalInterface
  private interface ReadFault {
    int read(FuseOperations right, long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException;
  }

  private static Mutant reads(String name, String rule, String message, ReadFault fault) {
    return Mutant.of(name, rule, message, right -> new Reads(right, fault));
  }

  private static class Reads extends Forwarding {
    private final ReadFault fault;

    Reads(FuseOperations right, ReadFault fault) {
      super(right);
      this.fault = fault;
    }

    @Override
    public Optional<MemorySegment> content(
        long nodeId, long handle, long offsetBytes, int sizeBytes) {
      return Optional.empty();
    }

    @Override
    public int read(long nodeId, long handle, long offsetBytes, MemorySegment into)
        throws ErrnoException {
      return fault.read(right, nodeId, handle, offsetBytes, into);
    }
  }

  private static int restarting(
      FuseOperations right, long nodeId, long handle, long offset, MemorySegment into)
      throws ErrnoException {
    int count = right.read(nodeId, handle, offset, into);
    if (offset >= 2 * CHUNK_BYTES && count > 0) {
      right.read(nodeId, handle, offset - CHUNK_BYTES, into.asSlice(0, count));
    }
    return count;
  }

  private static int lastByteWrong(
      FuseOperations right, long nodeId, long handle, long offset, MemorySegment into)
      throws ErrnoException {
    int count = right.read(nodeId, handle, offset, into);
    if (count > 0 && count < into.byteSize()) {
      byte last = into.get(ValueLayout.JAVA_BYTE, count - 1);
      into.set(ValueLayout.JAVA_BYTE, count - 1, (byte) (last ^ 1));
    }
    return count;
  }

  private static int endingEarly(
      FuseOperations right, long nodeId, long handle, long offset, MemorySegment into)
      throws ErrnoException {
    int count = right.read(nodeId, handle, offset, into);
    return count > 0 && count < into.byteSize() ? count - 1 : count;
  }

  private static int shortAtEdges(
      FuseOperations right, long nodeId, long handle, long offset, MemorySegment into)
      throws ErrnoException {
    int count = right.read(nodeId, handle, offset, into);
    long edge = (offset / CHUNK_BYTES + 1) * CHUNK_BYTES;
    return offset > 0 && offset + count > edge ? (int) (edge - offset) : count;
  }

  private static int zeroAfterAPage(
      FuseOperations right, long nodeId, long handle, long offset, MemorySegment into)
      throws ErrnoException {
    int count = right.read(nodeId, handle, offset, into);
    long from = Math.max(0, PAGE_BYTES - offset);
    if (from < count) {
      into.asSlice(from, count - from).fill((byte) 0);
    }
    return count;
  }

  /// Reads bypass the page cache, and none is short: behind the end there are zeros.
  private static final class EndlessDirect extends Reads {
    EndlessDirect(FuseOperations right) {
      super(
          right,
          (operations, nodeId, handle, offset, into) -> {
            into.fill((byte) 0);
            operations.read(nodeId, 0, offset, into);
            return (int) into.byteSize();
          });
    }

    @Override
    public Opened open(long nodeId, int flags) {
      return new Opened(1, Opened.DIRECT_IO);
    }

    @Override
    public void release(long nodeId, long handle) {}
  }

  /// Files bypass the page cache, so that they cannot be mapped for sharing.
  private static final class DirectIo extends Forwarding {
    DirectIo(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened open(long nodeId, int flags) {
      return new Opened(0, Opened.DIRECT_IO);
    }

    @Override
    public void release(long nodeId, long handle) {}
  }

  /// While several reads are under way, they all give the bytes of offset 0.
  private static final class SharedBuffer extends Reads {
    private static final AtomicInteger UNDER_WAY = new AtomicInteger();

    SharedBuffer(FuseOperations right) {
      super(
          right,
          (operations, nodeId, handle, offset, into) -> {
            int others = UNDER_WAY.getAndIncrement();
            try {
              Thread.sleep(1);
              return operations.read(nodeId, handle, others > 0 ? 0 : offset, into);
            } catch (InterruptedException e) {
              throw new ErrnoException(Errno.EINTR);
            } finally {
              UNDER_WAY.decrementAndGet();
            }
          });
    }
  }

  private static FuseOperations statfs(FuseOperations right, int nameLength) {
    return new Forwarding(right) {
      @Override
      public StatFs statfs(long nodeId) {
        return new StatFs(0, 0, 4096, nameLength);
      }
    };
  }

  private static FuseOperations statfsFails(FuseOperations right) {
    return new Forwarding(right) {
      @Override
      public StatFs statfs(long nodeId) throws ErrnoException {
        throw new ErrnoException(Errno.EIO);
      }
    };
  }
}
