package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.DirentWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.StatFs;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Numbers that are wrong at one node only: the root of the mount, or the first file.
final class NumberMutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "AFileHasTheNumberOfTheRoot",
              "INO-3",
              "the root",
              right -> new FirstFile(right, rootNumber(right))),
          Mutant.of("TheFirstNumberIsZero", "DIR-3", "d_ino 0", right -> new FirstFile(right, 0)),
          Mutant.of("TheRootHasThreeLinks", "INO-5", "st_nlink 3", ThreeLinks::new),
          Mutant.of("SpaceIsThatOfTheNode", "STF-1", "f_bsize", SpaceOfTheNode::new));

  private NumberMutants() {}

  private static long rootNumber(FuseOperations right) {
    try {
      return right.getattr(FuseOperations.ROOT_ID).attr().ino();
    } catch (ErrnoException e) {
      throw new IllegalStateException("the root has no attributes", e);
    }
  }

  /// The file that is met first has another number, in listings too.
  private static final class FirstFile extends Forwarding {
    private static final int DT_REG = 8;

    private final long number;
    private final AtomicLong first = new AtomicLong();

    FirstFile(FuseOperations right, long number) {
      super(right);
      this.number = number;
    }

    private boolean isFirst(long ino) {
      return first.compareAndSet(0, ino) || first.get() == ino;
    }

    private Attr renumbered(Attr attr) {
      return Attrs.isFile(attr) && isFirst(attr.ino()) ? Attrs.withIno(attr, number) : attr;
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      return entry.nodeId() == 0 ? entry : Attrs.of(entry, renumbered(entry.attr()));
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      AttrOut out = super.getattr(nodeId);
      return new AttrOut(renumbered(out.attr()), out.attrValidSeconds());
    }

    @Override
    public void readdir(long nodeId, long handle, long offset, DirentWriter out)
        throws ErrnoException {
      super.readdir(
          nodeId,
          handle,
          offset,
          (ino, next, type, name) ->
              out.add(type == DT_REG && isFirst(ino) ? number : ino, next, type, name));
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      listWithoutAttributes(nodeId, handle, offset, out);
    }
  }

  /// The root has three links, however many directories are in it.
  private static final class ThreeLinks extends Forwarding {
    ThreeLinks(FuseOperations right) {
      super(right);
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      AttrOut out = super.getattr(nodeId);
      return nodeId == ROOT_ID
          ? new AttrOut(Attrs.withLinks(out.attr(), 3), out.attrValidSeconds())
          : out;
    }
  }

  /// What is said of the filesystem depends on the node that is asked about.
  private static final class SpaceOfTheNode extends Forwarding {
    SpaceOfTheNode(FuseOperations right) {
      super(right);
    }

    @Override
    public StatFs statfs(long nodeId) throws ErrnoException {
      StatFs whole = super.statfs(nodeId);
      return nodeId == ROOT_ID
          ? whole
          : new StatFs(whole.blockCount(), whole.fileCount(), 512, whole.nameLengthBytes());
    }
  }
}
