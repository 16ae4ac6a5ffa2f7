package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.StatFs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Faults that show when another filesystem stands on the mount, or keeps handles of its files.
final class OverlayMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.of("NodesChangeWithEachLookup", "OVL-1", "ESTALE", NewNodes::new),
          Mutant.of("SeekDataFindsNone", "OVL-1", "bytes with digest", NoData::new),
          Mutant.of("ListxattrFails", "OVL-1", "EIO", ListxattrFails::new),
          Mutant.of(
              "StatfsFailsBelowAnOverlay",
              "OVL-1",
              "the mount of the overlay",
              StatfsFailsBelowAnOverlay::new),
          Mutant.of("NodeIdsAreUsedAgain", "OVL-2", "by its handle", IdsUsedAgain::new));

  private OverlayMutants() {}

  /// Each lookup gives a new node id.
  private static final class NewNodes extends Renumbered {
    private long last = ROOT_ID;

    NewNodes(FuseOperations right) {
      super(right);
    }

    @Override
    protected long idOf(long rightId) {
      return ++last;
    }
  }

  /// A node id that was forgotten stands for the next node that is looked up, in the same generation.
  private static final class IdsUsedAgain extends Renumbered {
    private final Map<Long, Long> ids = new ConcurrentHashMap<>();
    private final Map<Long, Long> lookups = new ConcurrentHashMap<>();
    private final Deque<Long> free = new ArrayDeque<>();
    private long last = ROOT_ID;

    IdsUsedAgain(FuseOperations right) {
      super(right);
    }

    @Override
    protected long idOf(long rightId) {
      Long id = ids.get(rightId);
      if (id == null) {
        id = free.isEmpty() ? ++last : free.pop();
        ids.put(rightId, id);
      }
      lookups.merge(id, 1L, Long::sum);
      return id;
    }

    @Override
    public synchronized void forget(long nodeId, long lookupCount) {
      if (nodeId != ROOT_ID && lookups.merge(nodeId, -lookupCount, Long::sum) <= 0) {
        lookups.remove(nodeId);
        ids.values().remove(nodeId);
        free.push(nodeId);
      }
    }
  }

  /// SEEK_DATA finds none, so that a copy of a file is a hole.
  private static final class NoData extends Forwarding {
    private static final int SEEK_DATA = 3;

    NoData(FuseOperations right) {
      super(right);
    }

    @Override
    public long lseek(long nodeId, long handle, long offsetBytes, int whence)
        throws ErrnoException {
      if (whence == SEEK_DATA) {
        throw new ErrnoException(Errno.ENXIO);
      }
      return super.lseek(nodeId, handle, offsetBytes, whence);
    }
  }

  /// The attributes to copy cannot be listed.
  private static final class ListxattrFails extends Forwarding {
    ListxattrFails(FuseOperations right) {
      super(right);
    }

    @Override
    public byte[] listxattr(long nodeId) throws ErrnoException {
      throw new ErrnoException(Errno.EIO);
    }
  }

  /// Nothing is said of the filesystem.
  private static final class StatfsFailsBelowAnOverlay extends Forwarding {
    StatfsFailsBelowAnOverlay(FuseOperations right) {
      super(right);
    }

    @Override
    public StatFs statfs(long nodeId) throws ErrnoException {
      throw new ErrnoException(Errno.EIO);
    }
  }
}
