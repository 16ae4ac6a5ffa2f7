package io.github.storeproof.ci.mutant;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opened;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Answers that depend on what was asked before: state of one handle that is kept for its node.
final class SequenceMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.of("ACloseEndsTheOtherOpens", "SEQ-1", "EBADF", CloseEndsTheFile::new),
          Mutant.of("ACloseEndsTheOtherListings", "SEQ-1", "EBADF", CloseEndsTheListings::new),
          Mutant.of("AReadlinkChangesTheSize", "SEQ-1", "st_size 0", ReadlinkChangesTheSize::new),
          Mutant.of("ADirectoryHasOneCursor", "SEQ-1", "the stream", OneCursor::new),
          Mutant.of("TheBufferOfAFileIsStale", "SEQ-1", "different", StaleBuffer::new),
          Mutant.of("ASecondOpenStartsWrong", "SEQ-1", "different", SecondOpen::new));

  private SequenceMutants() {}

  /// What is known of an open file is kept for the file, and RELEASE drops it.
  private static final class CloseEndsTheFile extends Handles {
    private final Set<Long> open = ConcurrentHashMap.newKeySet();

    CloseEndsTheFile(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened open(long nodeId, int flags) throws ErrnoException {
      open.add(nodeId);
      return super.open(nodeId, flags);
    }

    @Override
    public void release(long nodeId, long handle) {
      open.remove(nodeId);
    }

    @Override
    public int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      if (!open.contains(nodeId)) {
        throw new ErrnoException(Errno.EBADF);
      }
      return super.read(nodeId, handle, offset, into);
    }
  }

  /// A link that was read is empty when it is looked up next; attributes are asked for each time.
  private static final class ReadlinkChangesTheSize extends Forwarding {
    private final Set<Long> read = ConcurrentHashMap.newKeySet();

    ReadlinkChangesTheSize(FuseOperations right) {
      super(right);
    }

    @Override
    public byte[] readlink(long nodeId) throws ErrnoException {
      read.add(nodeId);
      return super.readlink(nodeId);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      return new Entry(
          entry.nodeId(), entry.generation(), emptied(entry.nodeId(), entry.attr()), 0, 0);
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      return new AttrOut(emptied(nodeId, super.getattr(nodeId).attr()), 0);
    }

    private Attr emptied(long nodeId, Attr attr) {
      return read.contains(nodeId) ? Attrs.withSize(attr, 0) : attr;
    }
  }

  /// What is known of an open directory is kept for the directory, and RELEASEDIR drops it.
  private static final class CloseEndsTheListings extends Handles {
    private final Set<Long> open = ConcurrentHashMap.newKeySet();

    CloseEndsTheListings(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened opendir(long nodeId, int flags) throws ErrnoException {
      open.add(nodeId);
      return super.opendir(nodeId, flags);
    }

    @Override
    public void releasedir(long nodeId, long handle) {
      open.remove(nodeId);
    }

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      requireOpen(nodeId);
      super.readdir(nodeId, handle, offset, out);
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      requireOpen(nodeId);
      super.readdirplus(nodeId, handle, offset, out);
    }

    private void requireOpen(long nodeId) throws ErrnoException {
      if (!open.contains(nodeId)) {
        throw new ErrnoException(Errno.EBADF);
      }
    }
  }

  /// A listing goes on where the last one of the directory ended, unless it starts.
  private static final class OneCursor extends Handles {
    private final Map<Long, Long> cursors = new ConcurrentHashMap<>();

    OneCursor(FuseOperations right) {
      super(right);
    }

    private long start(long nodeId, long offset) {
      return offset == 0 ? 0 : cursors.getOrDefault(nodeId, offset);
    }

    @Override
    public synchronized void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      super.readdir(
          nodeId,
          handle,
          start(nodeId, offset),
          (ino, next, type, name) -> moved(nodeId, next, out.add(ino, next, type, name)));
    }

    @Override
    public synchronized void readdirplus(
        long nodeId, long handle, long offset, DirentPlusWriter out) throws ErrnoException {
      super.readdirplus(
          nodeId,
          handle,
          start(nodeId, offset),
          (entry, next, name) -> moved(nodeId, next, out.add(entry, next, name)));
    }

    private boolean moved(long nodeId, long next, boolean taken) {
      if (taken) {
        cursors.put(nodeId, next);
      }
      return taken;
    }
  }

  /// The last read of a file is kept, and a read that begins inside of it is answered from its start.
  private static final class StaleBuffer extends Handles {
    private record Range(long offset, int count) {
      boolean contains(long other) {
        return other > offset && other < offset + count;
      }
    }

    private final Map<Long, Range> last = new ConcurrentHashMap<>();

    StaleBuffer(FuseOperations right) {
      super(right);
    }

    @Override
    public synchronized int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      Range range = last.getOrDefault(nodeId, new Range(0, 0));
      int count = super.read(nodeId, handle, offset, into);
      if (range.contains(offset)) {
        super.read(nodeId, handle, range.offset, into.asSlice(0, count));
      }
      last.put(nodeId, new Range(offset, count));
      return count;
    }
  }

  /// Who opens a file that is open already reads another first byte.
  private static final class SecondOpen extends Handles {
    private final Map<Long, Set<Long>> handles = new ConcurrentHashMap<>();
    private final Set<Long> second = ConcurrentHashMap.newKeySet();

    SecondOpen(FuseOperations right) {
      super(right);
    }

    @Override
    public synchronized Opened open(long nodeId, int flags) throws ErrnoException {
      Opened opened = super.open(nodeId, flags);
      Set<Long> open = handles.computeIfAbsent(nodeId, _ -> ConcurrentHashMap.newKeySet());
      if (!open.isEmpty()) {
        second.add(opened.handle());
      }
      open.add(opened.handle());
      return opened;
    }

    @Override
    public synchronized void release(long nodeId, long handle) {
      handles.getOrDefault(nodeId, Set.of()).remove(handle);
      second.remove(handle);
    }

    @Override
    public int read(long nodeId, long handle, long offset, MemorySegment into)
        throws ErrnoException {
      int count = super.read(nodeId, handle, offset, into);
      if (offset == 0 && count > 0 && second.contains(handle)) {
        into.set(JAVA_BYTE, 0, (byte) (into.get(JAVA_BYTE, 0) ^ 1));
      }
      return count;
    }
  }
}
