package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks what a directory says of the directories in it: that they are there, and their sizes.
/// *Immutable.*
record References(SizeRule sizeRule) {
  /// Finds directories that are there.
  @FunctionalInterface
  interface Lookup {
    Optional<Directory> find(B3Digest digest) throws StoreException;
  }

  /// Checks `directory` against the `known` directories.
  void check(Directory directory, Lookup known) throws StoreException {
    for (int i = 0; i < directory.entryCount(); i++) {
      if (directory.nodeAt(i) instanceof DirectoryNode node) {
        checkEntry(directory, i, node, known);
      }
    }
  }

  private void checkEntry(Directory directory, int index, DirectoryNode node, Lookup known)
      throws StoreException {
    @Nullable Directory child = known.find(node.digest()).orElse(null);
    if (child == null) {
      throw refused(
          directory,
          index,
          "refers to " + node.digest() + ", want a directory that was put before");
    }
    long sizeEntries = child.size(sizeRule);
    if (node.size() != sizeEntries) {
      throw refused(
          directory,
          index,
          "states size " + node.size() + ", want " + sizeEntries + " by the rule " + sizeRule);
    }
  }

  private static StoreException refused(Directory directory, int index, String what) {
    return new StoreException(
        StoreFailure.REFUSED,
        "entry \""
            + directory.nameAt(index)
            + "\" of directory "
            + directory.digest()
            + " "
            + what);
  }
}
