package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Attr;
import io.github.storeproof.fuse.wire.AttrOut;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.InHeader;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Opened;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Servers that do not answer everybody alike: they look at who asks.
final class OtherUserMutants {
  static final List<Mutant> ALL =
      List.of(
          refusing("OthersFollowNoLinks", "ACC-1", "EACCES", Opcode.READLINK),
          refusing("OthersListNothing", "ACC-1", "EACCES", Opcode.READDIR, Opcode.READDIRPLUS),
          refusing("OthersReadNothing", "ACC-1", "EACCES", Opcode.READ),
          refusing("OthersSeeNoDigests", "XAT-1", "EACCES", Opcode.GETXATTR),
          refusing("OthersSeeNoSpace", "STF-1", "EACCES", Opcode.STATFS),
          Mutant.of("OthersStartNothing", "EXE-1", "EACCES", StartsNothing::new),
          Mutant.of("NodesBelongToWhoAsks", "ATTR-3", "uid 65534", BelongsToWhoAsks::new));

  private OtherUserMutants() {}

  private static Mutant refusing(String name, String rule, String message, Opcode... opcodes) {
    Set<Opcode> refused = Set.of(opcodes);
    return Mutant.of(
        name,
        rule,
        message,
        right ->
            new Answering(
                right,
                right.initFlags(),
                (_, asked, _, request) -> {
                  if (refused.contains(asked) && InHeader.uid(request) != 0) {
                    throw new ErrnoException(Errno.EACCES);
                  }
                  return Optional.empty();
                }));
  }

  /// Only root opens what is to be run.
  private static final class StartsNothing extends Handles {
    private static final int FMODE_EXEC = 0x20;

    private final ThreadLocal<Integer> user = ThreadLocal.withInitial(() -> 0);

    StartsNothing(FuseOperations right) {
      super(right);
    }

    @Override
    public Optional<byte[]> answer(Opcode opcode, long nodeId, MemorySegment request) {
      user.set(InHeader.uid(request));
      return Optional.empty();
    }

    @Override
    public Opened open(long nodeId, int flags) throws ErrnoException {
      if (user.get() != 0 && (flags & FMODE_EXEC) != 0) {
        throw new ErrnoException(Errno.EACCES);
      }
      return super.open(nodeId, flags);
    }
  }

  /// The owner of a node is who looked it up.
  private static final class BelongsToWhoAsks extends Forwarding {
    private final ThreadLocal<Integer> user = ThreadLocal.withInitial(() -> 0);

    BelongsToWhoAsks(FuseOperations right) {
      super(right);
    }

    @Override
    public Optional<byte[]> answer(Opcode opcode, long nodeId, MemorySegment request) {
      user.set(InHeader.uid(request));
      return Optional.empty();
    }

    private Attr theirs(Attr attr) {
      return Attrs.withOwner(attr, user.get());
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      return entry.nodeId() == 0 ? entry : Attrs.of(entry, theirs(entry.attr()));
    }

    @Override
    public AttrOut getattr(long nodeId) throws ErrnoException {
      AttrOut out = super.getattr(nodeId);
      return new AttrOut(theirs(out.attr()), out.attrValidSeconds());
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      listWithoutAttributes(nodeId, handle, offset, out);
    }
  }
}
