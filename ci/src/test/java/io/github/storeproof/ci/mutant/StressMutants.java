package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Faults that show under many requests: lost races, and costs that grow.
final class StressMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.threaded("TwoReadsSwapTheirOffsets", "CON-1", "in thread", SwappedOffsets::new),
          Mutant.threaded("LookupsFailUnderLoad", "CON-1", "EIO", LookupsFailUnderLoad::new),
          Mutant.threaded("TheWrongNodeUnderLoad", "CON-1", "want", WrongNode::new),
          Mutant.of("LookupsSearchFromTheStart", "CON-4", "100,000 entries", LookupsSearch::new),
          Mutant.of("EachLookupLeaks", "HND-4", "stops growing", EachLookupLeaks::new).apart());

  private StressMutants() {}

  private static void pause(long millis) throws ErrnoException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new ErrnoException(Errno.EINTR);
    }
  }

  /// The offset of a read is kept where the next read overwrites it.
  private static final class SwappedOffsets extends Forwarding {
    private volatile long offsetBytes;

    SwappedOffsets(FuseOperations right) {
      super(right);
    }

    @Override
    public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
      return opcode == Opcode.READ || super.mayBlock(opcode, nodeId, handle);
    }

    @Override
    public Optional<MemorySegment> content(long nodeId, long handle, long offset, int sizeBytes) {
      return Optional.empty();
    }

    @Override
    public int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      offsetBytes = offset;
      pause(1);
      return super.read(nodeId, handle, offsetBytes, into);
    }
  }

  /// Of four lookups at a time, one fails.
  private static final class LookupsFailUnderLoad extends Forwarding {
    private static final int MOST = 4;
    private final AtomicInteger underWay = new AtomicInteger();

    LookupsFailUnderLoad(FuseOperations right) {
      super(right);
    }

    @Override
    public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
      return opcode == Opcode.LOOKUP || super.mayBlock(opcode, nodeId, handle);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      try {
        if (underWay.incrementAndGet() >= MOST) {
          throw new ErrnoException(Errno.EIO);
        }
        pause(1);
        return super.lookup(parentId, name);
      } finally {
        underWay.decrementAndGet();
      }
    }
  }

  /// The result of a lookup is kept in a field that the next lookup overwrites.
  private static final class WrongNode extends Forwarding {
    private volatile byte[] name = new byte[0];

    WrongNode(FuseOperations right) {
      super(right);
    }

    @Override
    public boolean mayBlock(Opcode opcode, long nodeId, long handle) {
      return opcode == Opcode.LOOKUP || super.mayBlock(opcode, nodeId, handle);
    }

    @Override
    public Entry lookup(long parentId, byte[] wanted) throws ErrnoException {
      name = wanted;
      pause(1);
      return super.lookup(parentId, name);
    }
  }

  /// A lookup takes a millisecond where the directory's size says that it has 100,000 entries.
  private static final class LookupsSearch extends Forwarding {
    private static final int CHILDREN = 100_000;

    private final Map<Long, Long> directories = new ConcurrentHashMap<>();

    LookupsSearch(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      directories.putIfAbsent(entry.nodeId(), entry.attr().sizeBytes());
      if (directories.getOrDefault(parentId, 0L) >= CHILDREN) {
        search();
      }
      return entry;
    }

    private static void search() {
      long end = System.nanoTime() + 1_000_000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }

  /// A KiB for each lookup is never given back.
  private static final class EachLookupLeaks extends Forwarding {
    private static final int BYTES = 1024;

    EachLookupLeaks(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Arena.global().allocate(BYTES).fill((byte) 1);
      return super.lookup(parentId, name);
    }
  }
}
