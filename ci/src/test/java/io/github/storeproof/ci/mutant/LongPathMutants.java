package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.Entry;
import io.github.storeproof.fuse.wire.Opcode;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Servers that know a node by its whole path, and have no room for a long one.
final class LongPathMutants {
  private static final String CASE =
      "DIR-8/nodes-whose-path-is-longer-than-any-argument-are-like-others";

  static final List<Mutant> ALL =
      List.of(
          refusing("LongPathsAreNotFound", "ENAMETOOLONG", Opcode.LOOKUP),
          refusing("LinksOfLongPathsAreRefused", "ENAMETOOLONG", Opcode.READLINK),
          refusing("FilesOfLongPathsAreRefused", "ENAMETOOLONG", Opcode.READ),
          refusing(
              "ListingsOfLongPathsAreRefused", "ENAMETOOLONG", Opcode.READDIR, Opcode.READDIRPLUS));

  private LongPathMutants() {}

  private static Mutant refusing(String name, String message, Opcode... opcodes) {
    return Mutant.of(name, CASE, message, right -> new Bounded(right, Set.of(opcodes)));
  }

  /// Some questions about nodes whose path has more than 4,096 bytes are refused.
  private static final class Bounded extends Forwarding {
    private static final int PATH_MAX_BYTES = 4096;

    private final Set<Opcode> refused;
    private final Map<Long, Integer> lengths = new ConcurrentHashMap<>(Map.of(ROOT_ID, 0));

    Bounded(FuseOperations right, Set<Opcode> refused) {
      super(right);
      this.refused = refused;
    }

    @Override
    public Optional<byte[]> answer(Opcode opcode, long nodeId, MemorySegment request)
        throws ErrnoException {
      if (refused.contains(opcode) && lengths.getOrDefault(nodeId, 0) > PATH_MAX_BYTES) {
        throw new ErrnoException(Errno.ENAMETOOLONG);
      }
      return Optional.empty();
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      return known(parentId, name, super.lookup(parentId, name));
    }

    private Entry known(long parentId, byte[] name, Entry entry) {
      lengths.put(entry.nodeId(), lengths.getOrDefault(parentId, 0) + 1 + name.length);
      return entry;
    }

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      listWithoutAttributes(nodeId, handle, offset, out);
    }
  }
}
