package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.Entry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// Faults in attributes.
final class AttributeMutants {
  static final List<Mutant> ALL =
      List.of(
          attributes(
              "SizeIsRoundedUpToBlocks",
              "ATTR-1",
              "st_size",
              a -> Attrs.isFile(a) ? Attrs.withSize(a, (a.sizeBytes() + 511) / 512 * 512) : a),
          attributes(
              "SizeOfLinksIsZero",
              "ATTR-1",
              "st_size 0",
              a -> Attrs.isLink(a) ? Attrs.withSize(a, 0) : a),
          attributes("BlocksAreZero", "ATTR-2", "st_blocks 0", a -> Attrs.withBlocks(a, 0)),
          Mutant.of("LookupAndGetattrDiffer", "ATTR-3", "st_nlink 7", GetattrDiffers::new),
          attributes("TimesAreZero", "ATTR-4", "st_mtime 0", a -> Attrs.withTime(a, 0)),
          attributes(
              "FilesBelongToAnotherUser", "ATTR-5", "uid 1000", a -> Attrs.withOwner(a, 1000)),
          Mutant.of("LaterRepliesToListingsDiffer", "ATTR-3", "st_nlink 7", LaterDiffer::new),
          Mutant.of("TheRootHasTheTimeOfNow", "ATTR-3", "st_mtime", RootOfNow::new),
          Mutant.of("TheRootHasNoLinks", "INO-4", "st_nlink 0", RootWithoutLinks::new),
          Mutant.of("TimesAreThoseOfTheLookup", "ATTR-5", "st_atime", LookedUpAt::new),
          attributes(
              "LinksLookLikeFiles",
              "TYP-1",
              "type S_IFREG",
              a -> Attrs.isLink(a) ? Attrs.withMode(a, Attr.S_IFREG | 0444) : a),
          attributes(
              "PlainFilesAreWritable",
              "MODE-1",
              "mode 0644",
              a -> Attrs.isFile(a) && !Attrs.isExecutable(a) ? Attrs.withPermissions(a, 0644) : a),
          attributes(
              "ExecutablesAreNotExecutable",
              "MODE-2",
              "mode 0444",
              a -> Attrs.isExecutable(a) ? Attrs.withPermissions(a, 0444) : a),
          attributes(
              "ExecutablesAreSetUserId",
              "MODE-2",
              "no set-user-ID",
              a -> Attrs.isExecutable(a) ? Attrs.withPermissions(a, 04555) : a),
          Mutant.of("ModesFollowTheContent", "MODE-3", "as the node says", ModesByContent::new),
          attributes(
              "EmptyExecutablesArePlain",
              "NAR-1/nix-dumps-the-archive-of-its-tree",
              "an archive of",
              a ->
                  Attrs.isExecutable(a) && a.sizeBytes() == 0 ? Attrs.withPermissions(a, 0444) : a),
          attributes("LinkCountsAreZero", "INO-4", "st_nlink 0", a -> Attrs.withLinks(a, 0)),
          attributes(
              "DirectoriesHaveThreeLinks",
              "INO-5",
              "st_nlink 3",
              a -> Attrs.isDirectory(a) ? Attrs.withLinks(a, 3) : a));

  private AttributeMutants() {}

  private static Mutant attributes(
      String name, String rule, String message, UnaryOperator<Attr> fault) {
    return Mutant.of(name, rule, message, AttributeFault.of(fault));
  }

  /// GETATTR shows another link count than LOOKUP, whose attributes the kernel may not keep.
  private static final class GetattrDiffers extends Forwarding {
    GetattrDiffers(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      return new Entry(
          entry.nodeId(), entry.generation(), entry.attr(), entry.entryValidSeconds(), 0);
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      return new AttrOut(Attrs.withLinks(super.getattr(nodeId).attr(), 7), 0);
    }
  }

  /// What listings tell of attributes is wrong in each reply but the first.
  private static final class LaterDiffer extends Forwarding {
    LaterDiffer(FuseOperations right) {
      super(right);
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      super.readdirplus(
          nodeId,
          handle,
          offset,
          (entry, next, name) -> out.add(offset == 0 ? entry : differing(entry), next, name));
    }

    private static Entry differing(Entry entry) {
      return Attrs.of(entry, Attrs.withLinks(entry.attr(), 7));
    }
  }

  /// Each GETATTR of the root gives another time.
  private static final class RootOfNow extends Forwarding {
    private final AtomicLong clock = new AtomicLong(1_795_000_000);

    RootOfNow(FuseOperations right) {
      super(right);
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      AttrOut out = super.getattr(nodeId);
      return nodeId == ROOT_ID
          ? new AttrOut(Attrs.withTime(out.attr(), clock.incrementAndGet()), 1)
          : out;
    }
  }

  /// The root has a link count of 0.
  private static final class RootWithoutLinks extends Forwarding {
    RootWithoutLinks(FuseOperations right) {
      super(right);
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      AttrOut out = super.getattr(nodeId);
      return nodeId == ROOT_ID
          ? new AttrOut(Attrs.withLinks(out.attr(), 0), out.attrValidSeconds())
          : out;
    }
  }

  /// A node has the time of its lookup, until the kernel forgets it.
  private static final class LookedUpAt extends Forwarding {
    private final Map<Long, Long> times = new ConcurrentHashMap<>();
    private final AtomicLong clock = new AtomicLong(1_795_000_000);

    LookedUpAt(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      return entry.nodeId() == 0 ? entry : Attrs.of(entry, timed(entry.nodeId(), entry.attr()));
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      AttrOut out = super.getattr(nodeId);
      return new AttrOut(timed(nodeId, out.attr()), out.attrValidSeconds());
    }

    @Override
    public void forget(long nodeId, long lookupCount) {
      times.remove(nodeId);
      super.forget(nodeId, lookupCount);
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      listWithoutAttributes(nodeId, handle, offset, out);
    }

    private Attr timed(long nodeId, Attr attr) {
      return Attrs.withTime(attr, times.computeIfAbsent(nodeId, _ -> clock.incrementAndGet()));
    }
  }

  /// The first mode that was shown for a content is the mode of all files of that content.
  private static final class ModesByContent extends Forwarding {
    private final Map<Long, Attr> bySize = new ConcurrentHashMap<>();

    ModesByContent(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      return Attrs.of(entry, sameAsFirst(entry.attr()));
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      AttrOut out = super.getattr(nodeId);
      return new AttrOut(sameAsFirst(out.attr()), out.attrValidSeconds());
    }

    private Attr sameAsFirst(Attr attr) {
      if (!Attrs.isFile(attr)) {
        return attr;
      }
      Attr first = bySize.computeIfAbsent(attr.sizeBytes(), _ -> attr);
      return Attrs.withMode(attr, first.mode());
    }
  }
}
