package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.DirentPlusWriter;
import io.github.storeproof.fuse.wire.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Filesystems that take one node for another, because what they know nodes by is the same.
final class LookAlikeMutants {
  private static final byte[] BLOB_DIGEST =
      "user.snix.castore.blob.digest".getBytes(StandardCharsets.US_ASCII);

  private static final String NAMES = "NAM-1/names-that-hash-alike-lead-to-their-own-nodes";
  private static final String NUMBERS = "INO-3/names-that-hash-alike-have-numbers-of-their-own";
  private static final String TYPES = "TYP-1/kinds-that-share-a-digest-keep-their-types";

  static final List<Mutant> ALL =
      List.of(
          Mutant.of("NamesAreKnownByAHash", NAMES, "different", NamesByHash::new),
          Mutant.of("PathsRunTogether", NAMES, "different", PathsWithoutSlashes::new),
          Mutant.of("NumbersAreHashesOfThePath", NUMBERS, "st_ino", NumbersOfThePath::new),
          Mutant.of("NodesAreKnownByTheDigestAlone", TYPES, "type", NodesByDigest::new));

  private LookAlikeMutants() {}

  /// Every name is looked up; listings tell no attributes, and the kernel keeps nothing.
  private abstract static class Lookups extends Forwarding {
    Lookups(FuseOperations right) {
      super(right);
    }

    static String text(byte[] name) {
      return new String(name, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void forget(long nodeId, long lookupCount) {}

    @Override
    public void readdirplus(long nodeId, long handle, long offset, DirentPlusWriter out)
        throws ErrnoException {
      listWithoutAttributes(nodeId, handle, offset, out);
    }
  }

  /// A directory keeps its entries by a hash of 32 bits of their names, and nobody compares the names.
  private static final class NamesByHash extends Lookups {
    private final Map<String, Entry> known = new ConcurrentHashMap<>();

    NamesByHash(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      Entry first =
          entry.nodeId() == 0
              ? entry
              : known.putIfAbsent(parentId + ":" + Arrays.hashCode(name), entry);
      return first == null ? entry : first;
    }
  }

  /// Nodes are kept by the names on the way to them, with nothing between.
  private static final class PathsWithoutSlashes extends Lookups {
    private final Map<Long, String> paths = new ConcurrentHashMap<>();
    private final Map<String, Entry> known = new ConcurrentHashMap<>();

    PathsWithoutSlashes(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      if (entry.nodeId() == 0) {
        return entry;
      }
      String path = paths.getOrDefault(parentId, "") + text(name);
      paths.putIfAbsent(entry.nodeId(), path);
      Entry first = Attrs.isDirectory(entry.attr()) ? entry : known.putIfAbsent(path, entry);
      return first == null ? entry : first;
    }
  }

  /// The number of a node is a hash of 32 bits of its path.
  private static final class NumbersOfThePath extends Lookups {
    private final Map<Long, Integer> hashes = new ConcurrentHashMap<>();

    NumbersOfThePath(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      int hash = 31 * hashes.getOrDefault(parentId, 1) + '/';
      for (byte b : name) {
        hash = 31 * hash + b;
      }
      hashes.put(entry.nodeId(), hash);
      return entry.nodeId() == 0
          ? entry
          : Attrs.of(entry, Attrs.withIno(entry.attr(), Integer.toUnsignedLong(hash)));
    }
  }

  /// Nodes are kept by the digest of what they hold, whatever kind they are.
  private static final class NodesByDigest extends Lookups {
    private final Map<String, Entry> known = new ConcurrentHashMap<>();

    NodesByDigest(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = super.lookup(parentId, name);
      if (entry.nodeId() == 0 || Attrs.isLink(entry.attr()) || entry.attr().sizeBytes() == 0) {
        return entry;
      }
      byte[] digest =
          right.getxattr(
              entry.nodeId(),
              Attrs.isDirectory(entry.attr()) ? InodeMutants.DIRECTORY_DIGEST : BLOB_DIGEST);
      Entry first = known.putIfAbsent(text(digest), entry);
      boolean isOther =
          first != null && Attrs.isDirectory(first.attr()) != Attrs.isDirectory(entry.attr());
      return isOther ? first : entry;
    }
  }
}
