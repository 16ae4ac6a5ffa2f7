package io.github.storeproof.ci.faultystore;

import com.google.protobuf.ByteString;
import io.github.storeproof.proto.castore.v1.CastoreProto.Directory;
import io.github.storeproof.proto.castore.v1.CastoreProto.DirectoryEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.FileEntry;
import io.github.storeproof.proto.castore.v1.CastoreProto.SymlinkEntry;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a directory must be.
record DirectoryChecks(StoreFault fault) {
  private static final Comparator<ByteString> UNSIGNED =
      ByteString.unsignedLexicographicalComparator();

  /// The sizes of a directory that are taken.
  record Sizes(long least, long most) {
    static Sizes of(long size) {
      return new Sizes(size, size);
    }

    private boolean has(long size) {
      return least <= size && size <= most;
    }
  }

  /// Checks a directory whose children have these sizes, and returns its own.
  Sizes check(Directory directory, Map<ByteString, Sizes> sizes) throws Refused {
    List<ByteString> directories =
        directory.getDirectoriesList().stream().map(DirectoryEntry::getName).toList();
    List<ByteString> files = directory.getFilesList().stream().map(FileEntry::getName).toList();
    List<ByteString> links =
        directory.getSymlinksList().stream().map(SymlinkEntry::getName).toList();
    Set<ByteString> all = new HashSet<>();
    for (List<ByteString> names : List.of(directories, files, links)) {
      checkOrder(names);
      for (ByteString name : seen(names)) {
        checkName(name);
      }
      for (ByteString name : names) {
        if (!all.add(name) && fault != StoreFault.DUPLICATES_ARE_NOT_CHECKED) {
          throw Refused.invalid("a name comes twice");
        }
      }
    }
    for (FileEntry file : seen(directory.getFilesList())) {
      checkDigest(file.getDigest());
    }
    for (SymlinkEntry link : seen(directory.getSymlinksList())) {
      checkTarget(link.getTarget());
    }
    return size(directory, sizes);
  }

  /// The entries of a list that are looked at.
  private <T> List<T> seen(List<T> entries) {
    return fault == StoreFault.ONLY_FIRST_ENTRIES_ARE_CHECKED
        ? entries.subList(0, Math.min(1, entries.size()))
        : entries;
  }

  private void checkOrder(List<ByteString> names) throws Refused {
    for (int i = 1; i < names.size(); i++) {
      int order =
          fault == StoreFault.ORDER_IS_OF_SIGNED_BYTES
              ? signed(names.get(i - 1), names.get(i))
              : UNSIGNED.compare(names.get(i - 1), names.get(i));
      boolean isWrong = order > 0 && fault != StoreFault.ORDER_IS_NOT_CHECKED;
      if (isWrong) {
        throw Refused.invalid("names are not sorted");
      }
    }
  }

  private static int signed(ByteString a, ByteString b) {
    return java.util.Arrays.compare(a.toByteArray(), b.toByteArray());
  }

  private void checkName(ByteString name) throws Refused {
    boolean isLong = name.size() > 255 && fault != StoreFault.LONG_NAMES_ARE_TAKEN;
    String text = name.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    boolean isBad =
        name.isEmpty() || text.equals(".") || text.equals("..") || text.matches("(?s).*[/\0].*");
    if (fault != StoreFault.NAMES_ARE_NOT_CHECKED && (isBad || isLong)) {
      throw Refused.invalid("bad name");
    }
  }

  private void checkDigest(ByteString digest) throws Refused {
    if (digest.size() != 32 && fault != StoreFault.DIGESTS_ARE_NOT_CHECKED) {
      throw Refused.invalid("digest has " + digest.size() + " bytes");
    }
  }

  private void checkTarget(ByteString target) throws Refused {
    boolean isGood =
        !target.isEmpty() && target.size() < 4096 && !target.toStringUtf8().contains("\0");
    if (!isGood && fault != StoreFault.TARGETS_ARE_NOT_CHECKED) {
      throw Refused.invalid("bad target");
    }
  }

  /// Checks only the children of a directory, and returns its size.
  Sizes size(Directory directory, Map<ByteString, Sizes> sizes) throws Refused {
    long sum = 0;
    for (DirectoryEntry child : directory.getDirectoriesList()) {
      checkDigest(child.getDigest());
      Sizes known = sizes.get(child.getDigest());
      boolean isKnown =
          known != null
              || fault == StoreFault.CHILDREN_ARE_NOT_LOOKED_FOR
              || fault == StoreFault.ONLY_FIRST_CHILDREN_ARE_LOOKED_FOR
                  && child != directory.getDirectories(0)
              || child.getDigest().size() != 32;
      if (!isKnown) {
        throw Refused.invalid("a child has not come before");
      }
      boolean isWrong = known != null && !known.has(child.getSize());
      if (isWrong && fault != StoreFault.SIZES_ARE_NOT_CHECKED) {
        throw Refused.invalid("size is " + child.getSize() + ", want " + known);
      }
      sum += child.getSize();
    }
    return sizes(directory, sum);
  }

  /// The sizes of a directory whose children have so much together.
  private Sizes sizes(Directory directory, long below) {
    int entryCount =
        directory.getDirectoriesCount() + directory.getFilesCount() + directory.getSymlinksCount();
    long documented = entryCount + below;
    long deployed = 2L * entryCount + below;
    return switch (fault) {
      case SIZES_FOLLOW_THE_OTHER_RULE -> Sizes.of(documented);
      case SIZES_FOLLOW_A_THIRD_RULE -> Sizes.of(documented + directory.getDirectoriesCount());
      case SIZES_MAY_BE_OF_BOTH_RULES -> new Sizes(documented, deployed);
      case SIZES_ABOVE_BOTH_RULES_ARE_TAKEN -> new Sizes(documented, deployed + 1);
      case SIZES_BELOW_BOTH_RULES_ARE_TAKEN -> new Sizes(documented - 1, deployed);
      default -> Sizes.of(deployed);
    };
  }
}
