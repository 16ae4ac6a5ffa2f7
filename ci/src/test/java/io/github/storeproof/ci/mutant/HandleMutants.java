package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Faults of handles: what OPEN gives, what READ and RELEASE make of it.
final class HandleMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.of("HandlesRunOut", "HND-1", "EMFILE", HandlesRunOut::new),
          Mutant.of("OldHandlesAreForgotten", "HND-1", "EBADF", OldHandlesAreForgotten::new),
          Mutant.of("HandlesAreUsedAgain", "HND-1", "bytes \"", HandlesAreUsedAgain::new),
          Mutant.of("ThereAre512Handles", "HND-1", "EMFILE", FewHandles::new),
          Mutant.of("OnlyTheLast2000NodesAreKnown", "HND-1", "ESTALE", LastNodes::new),
          Mutant.of("AppendingReadersAreRefused", "OPN-2", "EROFS", RefusesAppending::new),
          Mutant.of("AFileHasOnePosition", "HND-2", "different", OnePosition::new),
          Mutant.of("ReadsGoOnWhereTheLastEnded", "HND-2", "different", LastEnded::new),
          Mutant.of("OpensCostADescriptor", "HND-3", "descriptors", right -> new Leak(right, false))
              .apart(),
          Mutant.of(
                  "OpendirsCostADescriptor", "HND-3", "descriptors", right -> new Leak(right, true))
              .apart());

  private HandleMutants() {}

  /// There are 3,000 handles, and RELEASE gives none back.
  private static final class HandlesRunOut extends Handles {
    private static final int HANDLES = 3000;

    HandlesRunOut(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened open(long nodeId, int flags) throws ErrnoException {
      Opened opened = super.open(nodeId, flags);
      if (opened.handle() > HANDLES) {
        throw new ErrnoException(Errno.EMFILE);
      }
      return opened;
    }
  }

  /// At most 512 handles are open at a time.
  private static final class FewHandles extends Handles {
    private static final int MOST = 512;
    private final Set<Long> open = ConcurrentHashMap.newKeySet();

    FewHandles(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened open(long nodeId, int flags) throws ErrnoException {
      if (open.size() >= MOST) {
        throw new ErrnoException(Errno.EMFILE);
      }
      Opened opened = super.open(nodeId, flags);
      open.add(opened.handle());
      return opened;
    }

    @Override
    public void release(long nodeId, long handle) {
      open.remove(handle);
    }
  }

  /// A node is forgotten when 2,000 others were looked up after it.
  private static final class LastNodes extends Forwarding {
    private static final int KNOWN = 2000;
    private final Map<Long, Long> lookups = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    LastNodes(FuseOperations right) {
      super(right);
    }

    @Override
    public Optional<byte[]> answer(Opcode opcode, long nodeId, MemorySegment request)
        throws ErrnoException {
      Long lookup = opcode.expectsReply() ? lookups.get(nodeId) : null;
      if (lookup != null && lookup + KNOWN < last.get()) {
        throw new ErrnoException(Errno.ESTALE);
      }
      return Optional.empty();
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      if (entry.nodeId() != 0) {
        lookups.put(entry.nodeId(), last.incrementAndGet());
      }
      return entry;
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      listWithoutAttributes(nodeId, handle, offset, out);
    }
  }

  /// O_APPEND is taken for the wish to write.
  private static final class RefusesAppending extends Handles {
    private static final int O_APPEND = 02000;

    RefusesAppending(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened open(long nodeId, int flags) throws ErrnoException {
      if ((flags & O_APPEND) != 0) {
        throw new ErrnoException(Errno.EROFS);
      }
      return super.open(nodeId, flags);
    }
  }

  /// Only the last 1,000 handles are known.
  private static final class OldHandlesAreForgotten extends Handles {
    private static final int KEPT = 1000;
    private long newest;

    OldHandlesAreForgotten(FuseOperations right) {
      super(right);
    }

    @Override
    public synchronized Opened open(long nodeId, int flags) throws ErrnoException {
      Opened opened = super.open(nodeId, flags);
      newest = opened.handle();
      return opened;
    }

    @Override
    public synchronized int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      if (handle + KEPT < newest) {
        throw new ErrnoException(Errno.EBADF);
      }
      return super.read(nodeId, handle, offset, into);
    }
  }

  /// Handles are numbers of 10 bits, and a read goes to the file that was opened last by that number.
  private static final class HandlesAreUsedAgain extends Handles {
    private static final int NUMBERS = 1024;
    private final Map<Long, Long> nodes = new ConcurrentHashMap<>();

    HandlesAreUsedAgain(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened open(long nodeId, int flags) throws ErrnoException {
      Opened opened = super.open(nodeId, flags);
      long number = opened.handle() % NUMBERS;
      nodes.put(number, nodeId);
      return new Opened(number, opened.openFlags());
    }

    @Override
    public int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      return super.read(nodes.getOrDefault(handle, nodeId), handle, offset, into);
    }
  }

  /// The position is the server's, one for each file.
  private static final class OnePosition extends Handles {
    private final Map<Long, Long> positions = new ConcurrentHashMap<>();

    OnePosition(FuseOperations right) {
      super(right);
    }

    @Override
    public synchronized int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      long position = positions.getOrDefault(nodeId, 0L);
      int count = super.read(nodeId, handle, position, into);
      positions.put(nodeId, position + count);
      return count;
    }
  }

  /// The position is the server's, one for each handle: what lseek says is not looked at.
  private static final class LastEnded extends Handles {
    private final Map<Long, Long> positions = new ConcurrentHashMap<>();

    LastEnded(FuseOperations right) {
      super(right);
    }

    @Override
    public synchronized int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      long position = positions.getOrDefault(handle, 0L);
      int count = super.read(nodeId, handle, position, into);
      positions.put(handle, position + count);
      return count;
    }
  }

  /// Each tenth OPEN or OPENDIR opens a descriptor that nothing closes.
  private static final class Leak extends Handles {
    private static final int EVERY = 10;
    private final boolean ofDirectories;
    private final AtomicLong opens = new AtomicLong();
    private final Queue<FileInputStream> kept = new ConcurrentLinkedQueue<>();

    Leak(FuseOperations right, boolean ofDirectories) {
      super(right);
      this.ofDirectories = ofDirectories;
    }

    private void leak() throws ErrnoException {
      try {
        if (opens.incrementAndGet() % EVERY == 0) {
          kept.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        throw new ErrnoException(Errno.EMFILE);
      }
    }

    @Override
    public Opened open(long nodeId, int flags) throws ErrnoException {
      if (!ofDirectories) {
        leak();
      }
      return super.open(nodeId, flags);
    }

    @Override
    public Opened opendir(long nodeId, int flags) throws ErrnoException {
      if (ofDirectories) {
        leak();
      }
      return new Opened(0, 0);
    }

    @Override
    public void releasedir(long nodeId, long handle) {}
  }
}
