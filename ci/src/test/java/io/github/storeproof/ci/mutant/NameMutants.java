package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Faults in lookups, in the root and below.
final class NameMutants {
  private static final int HASH_BYTES = 32;

  static final List<Mutant> ALL =
      List.of(
          Mutant.of("NamesAreFoldedToLowerCase", "NAM-2", "ENOENT for", FoldsCase::new),
          Mutant.of("LongNamesAreEio", "NAM-3", "EIO", LongNamesAreEio::new),
          Mutant.of("PrefixesOfNamesAreFound", "NAM-4", "ENOENT for", FindsPrefixes::new),
          Mutant.of("FilesAreNotFound", "RO-3", "EEXIST", NoFiles::new),
          Mutant.of("LookupsMissSometimes", "NAM-4", "ENOENT", MissesEveryOther::new),
          Mutant.of("TheRootLooksAtTheHashOnly", "ROOT-3", "ENOENT for", HashOnly::new),
          Mutant.of(
              "MissesInTheRootAreRemembered",
              "ROOT-4",
              "found within 5 s after it was added",
              RemembersMisses::new),
          Mutant.of("RootFilesAreMissing", "ROOT-5", "for store path", NoRootFiles::new),
          Mutant.of("EmptyFilesAreDirectories", "OPN-1", "ENOTDIR", FilesAreDirectories::new));

  private NameMutants() {}

  private abstract static class Lookups extends Forwarding {
    private final List<byte[]> rootNames = new ArrayList<>();

    Lookups(FuseOperations right) {
      super(right);
    }

    /// The names of the root.
    synchronized List<byte[]> rootNames() throws ErrnoException {
      rootNames.clear();
      right.readdir(ROOT_ID, 0, 0, (_, _, _, name) -> rootNames.add(name.clone()));
      return List.copyOf(rootNames);
    }

    /// The names of a directory.
    List<byte[]> names(long nodeId) throws ErrnoException {
      List<byte[]> names = new ArrayList<>();
      right.readdir(nodeId, 0, 0, (_, _, _, name) -> names.add(name.clone()));
      return names;
    }

    static boolean isMiss(Entry entry) {
      return entry.nodeId() == 0;
    }
  }

  /// A name that is not there is looked for in lower case.
  private static final class FoldsCase extends Lookups {
    FoldsCase(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = right.lookup(parentId, name);
      if (!isMiss(entry)) {
        return entry;
      }
      for (byte[] other : names(parentId)) {
        if (folded(other).equals(folded(name))) {
          return right.lookup(parentId, other);
        }
      }
      return entry;
    }

    private static String folded(byte[] name) {
      return new String(name, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
  }

  /// A name of 255 bytes is EIO.
  private static final class LongNamesAreEio extends Lookups {
    LongNamesAreEio(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      if (name.length > 254) {
        throw new ErrnoException(Errno.EIO);
      }
      return right.lookup(parentId, name);
    }
  }

  /// A name that is not there finds the first that begins with it.
  private static final class FindsPrefixes extends Lookups {
    FindsPrefixes(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = right.lookup(parentId, name);
      if (!isMiss(entry) || parentId == ROOT_ID) {
        return entry;
      }
      for (byte[] other : names(parentId)) {
        if (other.length > name.length
            && Arrays.equals(other, 0, name.length, name, 0, name.length)) {
          return right.lookup(parentId, other);
        }
      }
      return entry;
    }
  }

  /// Every other lookup of one name misses, and nothing is remembered.
  private static final class MissesEveryOther extends Lookups {
    private final Set<String> odd = ConcurrentHashMap.newKeySet();

    MissesEveryOther(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      String key = parentId + new String(name, StandardCharsets.ISO_8859_1);
      Entry entry = right.lookup(parentId, name);
      if (parentId == ROOT_ID || isMiss(entry)) {
        return entry;
      }
      if (!odd.remove(key)) {
        odd.add(key);
        return new Entry(entry.nodeId(), entry.generation(), entry.attr(), 0, 0);
      }
      right.forget(entry.nodeId(), 1);
      return Entry.negative(0);
    }
  }

  /// In the root only the hash of a store path counts.
  private static final class HashOnly extends Lookups {
    HashOnly(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = right.lookup(parentId, name);
      if (parentId != ROOT_ID || !isMiss(entry) || name.length < HASH_BYTES) {
        return entry;
      }
      for (byte[] other : rootNames()) {
        if (other.length >= HASH_BYTES
            && Arrays.equals(other, 0, HASH_BYTES, name, 0, HASH_BYTES)) {
          return right.lookup(parentId, other);
        }
      }
      return entry;
    }
  }

  /// A name that was missing in the root stays missing.
  private static final class RemembersMisses extends Lookups {
    private final Set<String> missed = ConcurrentHashMap.newKeySet();

    RemembersMisses(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      String key = parentId + new String(name, StandardCharsets.ISO_8859_1);
      if (missed.contains(key)) {
        return Entry.negative(0);
      }
      Entry entry = right.lookup(parentId, name);
      if (isMiss(entry)) {
        missed.add(key);
      }
      return entry;
    }
  }

  /// Files in directories are not found.
  private static final class NoFiles extends Lookups {
    NoFiles(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = right.lookup(parentId, name);
      return parentId != ROOT_ID && !isMiss(entry) && Attrs.isFile(entry.attr())
          ? Entry.negative(0)
          : entry;
    }
  }

  /// Store paths that are files are not found.
  private static final class NoRootFiles extends Lookups {
    NoRootFiles(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = right.lookup(parentId, name);
      return parentId == ROOT_ID && !isMiss(entry) && Attrs.isFile(entry.attr())
          ? Entry.negative(0)
          : entry;
    }
  }

  /// Empty files are shown as directories.
  private static final class FilesAreDirectories extends Lookups {
    FilesAreDirectories(FuseOperations right) {
      super(right);
    }

    @Override
    public Entry lookup(long parentId, byte[] name) throws ErrnoException {
      Entry entry = right.lookup(parentId, name);
      boolean empty = !isMiss(entry) && Attrs.isFile(entry.attr()) && entry.attr().sizeBytes() == 0;
      return empty
          ? Attrs.of(
              entry,
              Attrs.withMode(entry.attr(), io.github.storeproof.fuse.wire.Attr.S_IFDIR | 0555))
          : entry;
    }
  }
}
