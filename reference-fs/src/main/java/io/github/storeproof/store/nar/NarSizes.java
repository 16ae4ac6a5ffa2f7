package io.github.storeproof.store.nar;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.FileNode;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.NarPieces;
import io.github.storeproof.model.Node;
import io.github.storeproof.model.SymlinkNode;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.directory.DirectoryService;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The lengths of nodes in NARs. They follow from directories alone: no content is read.
///
/// The length of a directory with all that is below it is remembered by digest, for those that were
/// asked for last; each directory is read once, however often it is in a tree. Depth costs memory, not
/// stack. *Thread-safe.*
public final class NarSizes {
  private static final int MOST_REMEMBERED = 1 << 16;

  private final DirectoryService directories;
  private final Map<B3Digest, Long> remembered = new LinkedHashMap<>(16, 0.75f, true);

  public NarSizes(DirectoryService directories) {
    this.directories = directories;
  }

  /// A directory whose entries are added up.
  private static final class Sum {
    private final B3Digest digest;
    private final Directory directory;
    private int next;
    private long sizeBytes = NarPieces.directorySizeBytes();

    Sum(B3Digest digest, Directory directory) {
      this.digest = digest;
      this.directory = directory;
    }

    void add(long moreBytes) {
      sizeBytes = NarPieces.sum(sizeBytes, moreBytes);
    }
  }

  /// The bytes of a node's NAR.
  ///
  /// @param isGivenUp asked between entries
  /// @throws StoreException [StoreFailure#MISSING] when a directory is not there,
  ///     [StoreFailure#CORRUPT] when the lengths add up to more than a length can say
  public long archive(Node root, BooleanSupplier isGivenUp) throws StoreException {
    try {
      return NarPieces.sum(NarPieces.magicSizeBytes(), node(root, isGivenUp));
    } catch (InvalidDataException e) {
      throw new StoreException(StoreFailure.CORRUPT, "NAR: " + e.getMessage(), e);
    }
  }

  /// The bytes of a node within a NAR; fails as [#archive] does.
  public long node(Node node, BooleanSupplier isGivenUp) throws StoreException {
    try {
      return switch (node) {
        case FileNode file -> NarPieces.fileSizeBytes(file.executable(), file.size());
        case SymlinkNode link -> NarPieces.symlinkSizeBytes(link.target());
        case DirectoryNode directory -> directory(directory, isGivenUp);
      };
    } catch (InvalidDataException e) {
      throw new StoreException(StoreFailure.CORRUPT, "NAR: " + e.getMessage(), e);
    }
  }

  private long directory(DirectoryNode root, BooleanSupplier isGivenUp) throws StoreException {
    @Nullable Long known = known(root.digest());
    if (known != null) {
      return known;
    }
    Map<B3Digest, Long> sums = new HashMap<>();
    Deque<Sum> open = new ArrayDeque<>();
    open.push(begin(root));
    while (!open.isEmpty()) {
      if (isGivenUp.getAsBoolean()) {
        throw new StoreException(StoreFailure.INTERRUPTED, "NAR: the caller gave up");
      }
      advance(open, sums);
    }
    return Objects.requireNonNull(sums.get(root.digest()));
  }

  /// Adds one entry, or ends the directory. A sub-directory whose length is not known comes first, and
  /// its entry again after it.
  private void advance(Deque<Sum> open, Map<B3Digest, Long> sums) throws StoreException {
    Sum sum = open.element();
    if (sum.next == sum.directory.entryCount()) {
      open.pop();
      sums.put(sum.digest, sum.sizeBytes);
      remember(sum.digest, sum.sizeBytes);
      return;
    }
    Node node = sum.directory.nodeAt(sum.next);
    long sizeBytes;
    switch (node) {
      case FileNode file -> sizeBytes = NarPieces.fileSizeBytes(file.executable(), file.size());
      case SymlinkNode link -> sizeBytes = NarPieces.symlinkSizeBytes(link.target());
      case DirectoryNode directory -> {
        @Nullable Long known = sums.get(directory.digest());
        if (known == null) {
          known = known(directory.digest());
        }
        if (known == null) {
          open.push(begin(directory));
          return;
        }
        sums.put(directory.digest(), known);
        sizeBytes = known;
      }
    }
    sum.add(NarPieces.entrySizeBytes(sum.directory.nameAt(sum.next)));
    sum.add(sizeBytes);
    sum.next++;
  }

  private Sum begin(DirectoryNode node) throws StoreException {
    return new Sum(node.digest(), Nars.directory(directories, node));
  }

  private @Nullable Long known(B3Digest digest) {
    synchronized (remembered) {
      return remembered.get(digest);
    }
  }

  private void remember(B3Digest digest, long sizeBytes) {
    synchronized (remembered) {
      remembered.put(digest, sizeBytes);
      if (remembered.size() > MOST_REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
  }
}
