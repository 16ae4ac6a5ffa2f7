package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opened;
import java.util.List;

/// Mounts that are no read-only filesystem of their own, faults of the root's listing, hangs and crashes.
final class MountMutants {
  private static final String BIND = "mount --bind {tree} {mount}";
  private static final String BIND_CLAIMS =
      """
      list-root = true
      nix-modes = true
      own-device = false
      """;

  static final List<Mutant> ALL =
      List.of(
          writable("WritableRefusesNothing", "RO-1", "EROFS"),
          writable("WritableOpensForWriting", "RO-2", "EROFS"),
          writable("WritableSaysSo", "RO-4", "ST_RDONLY"),
          writable("WritableTakesRarerWays", "RO-5", "result 0"),
          writable("WritableChanges", "RO-6", "before"),
          new Mutant(
              "NothingIsMounted",
              "ATTR-6",
              "nothing is mounted",
              new Mutant.Command(
                  "mount --bind {tree} {mount} && mount -o remount,ro,bind {mount}",
                  "list-root = true\nown-device = true\n")),
          Mutant.of("AHiddenRootIsListed", "ROOT-2", "EPERM from", HiddenRoot::new),
          Mutant.of(
              "TheRootIsOpenedAsAStream",
              "ROOT-2/the-root-is-listed-again-after-rewinding",
              "ESPIPE",
              StreamRoot::new),
          Mutant.unlisted("AListedRootSaysNothing", "ROOT-1", "EPERM or EACCES", EmptyRoot::new),
          Mutant.of("ALookupHidesFromTheListing", "ROOT-7", "missing", HidesLookedUp::new),
          Mutant.of("LookupsHang", "ATTR-1", Mutant.NO_ANSWER, Hangs::new).apart(),
          Mutant.of("TheServerDiesWhenListed", "DIR-2", "from call 1 of the listing", Dies::new)
              .apart());

  private MountMutants() {}

  private static Mutant writable(String name, String rule, String message) {
    return new Mutant(name, rule, message, new Mutant.Command(BIND, BIND_CLAIMS));
  }

  /// The root refuses to be listed though it is said to be listable.
  private static final class HiddenRoot extends Forwarding {
    HiddenRoot(FuseOperations right) {
      super(right);
    }

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      if (nodeId == ROOT_ID) {
        throw new ErrnoException(Errno.EPERM);
      }
      super.readdir(nodeId, handle, offset, out);
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      if (nodeId == ROOT_ID) {
        throw new ErrnoException(Errno.EPERM);
      }
      super.readdirplus(nodeId, handle, offset, out);
    }
  }

  /// The root is opened with `FOPEN_NONSEEKABLE`.
  private static final class StreamRoot extends Handles {
    private static final int NONSEEKABLE = 4;

    StreamRoot(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened opendir(long nodeId, int flags) throws ErrnoException {
      Opened opened = super.opendir(nodeId, flags);
      return nodeId == ROOT_ID ? new Opened(opened.handle(), NONSEEKABLE) : opened;
    }
  }

  /// A root that may not be listed is listed as empty.
  private static final class EmptyRoot extends Forwarding {
    EmptyRoot(FuseOperations right) {
      super(right);
    }

    @Override
    public Opened opendir(long nodeId, int flags) throws ErrnoException {
      return nodeId == ROOT_ID ? new Opened(0, 0) : super.opendir(nodeId, flags);
    }

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      if (nodeId != ROOT_ID) {
        super.readdir(nodeId, handle, offset, out);
      }
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      if (nodeId != ROOT_ID) {
        super.readdirplus(nodeId, handle, offset, out);
      }
    }
  }

  /// What was looked up in the root is listed once more.
  private static final class HidesLookedUp extends Forwarding {
    private final java.util.Set<Long> known = java.util.concurrent.ConcurrentHashMap.newKeySet();

    HidesLookedUp(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      if (parentId == ROOT_ID) {
        known.add(entry.attr().ino());
      }
      return entry;
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      super.readdirplus(
          nodeId,
          handle,
          offset,
          (entry, next, name) ->
              nodeId == ROOT_ID && known.contains(entry.attr().ino())
                  || out.add(entry, next, name));
    }
  }

  /// Lookups of names with an x in them are never answered.
  private static final class Hangs extends Forwarding {
    Hangs(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      if (parentId != ROOT_ID && name.length > 0 && name[0] == 's') {
        try {
          Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
          throw new ErrnoException(Errno.EINTR);
        }
      }
      return super.lookup(parentId, name);
    }
  }

  /// The process ends in the middle of a listing.
  private static final class Dies extends Forwarding {
    Dies(FuseOperations right) {
      super(right);
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      if (nodeId != ROOT_ID) {
        Runtime.getRuntime().halt(9);
      }
      super.readdirplus(nodeId, handle, offset, out);
    }
  }
}
