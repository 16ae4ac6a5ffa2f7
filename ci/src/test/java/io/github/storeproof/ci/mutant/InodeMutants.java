package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Faults in the identity of nodes.
final class InodeMutants {
  static final byte[] DIRECTORY_DIGEST =
      "user.snix.castore.directory.digest".getBytes(StandardCharsets.US_ASCII);

  static final List<Mutant> ALL =
      List.of(
          Mutant.of("EqualDirectoriesAreOneNode", "INO-1", "getcwd gave", OneNodeForEqual::new),
          Mutant.of(
              "EqualDirectoriesAreOneNodeWhenListed",
              "INO-1",
              "getcwd gave",
              OneNodeWhenListed::new),
          Mutant.of("NumbersChangeWithEachLookup", "INO-2", "st_ino", NewNumbers::new),
          Mutant.of(
              "NumbersAreSizes",
              "INO-3",
              "st_ino",
              AttributeFault.of(a -> Attrs.withIno(a, a.sizeBytes() + 100))),
          Mutant.of("NodesAreForgottenAfterASecond", "INO-6", "ESTALE", Forgets::new),
          Mutant.threaded("ParallelLookupsAreStale", "INO-7", "ESTALE", StaleInParallel::new),
          Mutant.of("DirectoriesGrowWhenListed", "INO-8", "st_size", GrowWhenListed::new),
          Mutant.of(
              "EverythingIsExecutable",
              "ACC-1",
              "EACCES",
              AttributeFault.of(a -> Attrs.isFile(a) ? Attrs.withPermissions(a, 0555) : a)),
          Mutant.of(
              "PlainFilesRun",
              "EXE-1",
              "EACCES",
              AttributeFault.of(a -> Attrs.isFile(a) ? Attrs.withPermissions(a, 0555) : a)),
          Mutant.of(
              "NothingIsExecutable",
              "EXE-1",
              "EACCES",
              AttributeFault.of(a -> Attrs.isFile(a) ? Attrs.withPermissions(a, 0444) : a)),
          Mutant.of("CreatMissesWhatIsThere", "OPN-2", "EROFS", MissesInDirectories::new));

  private InodeMutants() {}

  /// Equal directories have one node id, that of the first that was looked up.
  private static final class OneNodeForEqual extends Forwarding {
    private final Map<String, Entry> byDigest = new ConcurrentHashMap<>();

    OneNodeForEqual(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      if (entry.nodeId() == 0 || !Attrs.isDirectory(entry.attr())) {
        return entry;
      }
      String digest = Arrays.toString(right.getxattr(entry.nodeId(), DIRECTORY_DIGEST));
      Entry first = byDigest.computeIfAbsent(digest, _ -> entry);
      return new Entry(first.nodeId(), first.generation(), first.attr(), 0, 1);
    }

    @Override
    public void forget(long nodeId, long lookupCount) {}

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      listWithoutAttributes(nodeId, handle, offset, out);
    }
  }

  /// Listings with attributes give equal directories the node id of the first that was listed.
  private static final class OneNodeWhenListed extends Forwarding {
    private final Map<String, Entry> byDigest = new ConcurrentHashMap<>();

    OneNodeWhenListed(FuseOperations right) {
      super(right);
    }

    @Override
    public void forget(long nodeId, long lookupCount) {}

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      super.readdirplus(
          nodeId, handle, offset, (entry, next, name) -> out.add(firstEqual(entry), next, name));
    }

    private Entry firstEqual(Entry entry) {
      if (entry.nodeId() == 0 || !Attrs.isDirectory(entry.attr())) {
        return entry;
      }
      try {
        String digest = Arrays.toString(right.getxattr(entry.nodeId(), DIRECTORY_DIGEST));
        return byDigest.computeIfAbsent(digest, _ -> entry);
      } catch (ErrnoException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Each lookup gives another st_ino.
  private static final class NewNumbers extends Forwarding {
    private final AtomicLong next = new AtomicLong(1000);

    NewNumbers(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      return entry.nodeId() == 0
          ? entry
          : new Entry(
              entry.nodeId(),
              entry.generation(),
              Attrs.withIno(entry.attr(), next.incrementAndGet()),
              0,
              0);
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      AttrOut out = super.getattr(nodeId);
      return new AttrOut(Attrs.withIno(out.attr(), next.incrementAndGet()), 0);
    }
  }

  /// A second after its lookup a directory's attributes are ESTALE.
  private static final class Forgets extends Forwarding {
    private final Map<Long, Long> seenAt = new ConcurrentHashMap<>();

    Forgets(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      seenAt.put(entry.nodeId(), System.nanoTime());
      return new Entry(
          entry.nodeId(), entry.generation(), entry.attr(), entry.entryValidSeconds(), 0);
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      AttrOut out = super.getattr(nodeId);
      Long at = seenAt.get(nodeId);
      if (at != null && System.nanoTime() - at > 1_000_000_000L) {
        throw new ErrnoException(Errno.ESTALE);
      }
      return new AttrOut(out.attr(), 0);
    }
  }

  /// A lookup that meets another is ESTALE.
  private static final class StaleInParallel extends Forwarding {
    private final AtomicInteger underWay = new AtomicInteger();

    StaleInParallel(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      int others = underWay.getAndIncrement();
      try {
        Thread.sleep(0, 200_000);
        if (others > 0 && parentId != ROOT_ID) {
          throw new ErrnoException(Errno.ESTALE);
        }
        return super.lookup(parentId, name);
      } catch (InterruptedException e) {
        throw new ErrnoException(Errno.EINTR);
      } finally {
        underWay.decrementAndGet();
      }
    }
  }

  /// A directory that was listed has another size.
  private static final class GrowWhenListed extends Forwarding {
    private final Set<Long> listed = ConcurrentHashMap.newKeySet();

    GrowWhenListed(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      return entry.nodeId() == 0
          ? entry
          : new Entry(
              entry.nodeId(), entry.generation(), grown(entry.nodeId(), entry.attr()), 0, 0);
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      return new AttrOut(grown(nodeId, super.getattr(nodeId).attr()), 0);
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      listed.add(nodeId);
      listWithoutAttributes(nodeId, handle, offset, out);
    }

    private Attr grown(long nodeId, Attr attr) {
      return listed.contains(nodeId) ? Attrs.withSize(attr, attr.sizeBytes() + 4096) : attr;
    }
  }

  /// Each file is found at every other look only.
  private static final class MissesInDirectories extends Forwarding {
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    MissesInDirectories(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      boolean isFile = entry.nodeId() != 0 && Attrs.isFile(entry.attr());
      String place = parentId + new String(name, StandardCharsets.ISO_8859_1);
      boolean isFirst = isFile && found.add(place);
      if (isFile && !isFirst) {
        found.remove(place);
      }
      return isFirst
          ? Entry.negative(0)
          : new Entry(entry.nodeId(), entry.generation(), entry.attr(), 0, 0);
    }
  }
}
