package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.DirectoryNode;
import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.object.Frames;
import io.github.storeproof.store.object.ObjectBatch;
import io.github.storeproof.store.object.ObjectKey;
import io.github.storeproof.store.object.ObjectStorage;
import io.github.storeproof.store.remote.SharedLoads;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps each tree that is put as one object, so that a whole closure is one request. *Thread-safe.*
///
/// A directory within a tree is found by a note of the tree's root, or, in a store that others have
/// written without notes, once its tree was asked for. The trees that were read last are in memory.
public final class ObjectDirectoryService implements DirectoryService {
  private static final int MOST_FRAME_BYTES = 256 << 20;
  private static final int MOST_KNOWN = 1 << 20;
  private static final int PART_OF_THE_HEAP = 8;

  private final ObjectStorage objects;
  private final References references;
  private final TreeSpace space = TreeSpace.ofThisProcess();
  private final SharedLoads<B3Digest, StoredTree> trees;
  private final int mostDirectoryBytes;
  // The root of a tree that has the directory, of those that were read.
  private final Map<B3Digest, B3Digest> roots = new ConcurrentHashMap<>();

  /// @param objects which stay the caller's
  /// @param sizeRule how the sizes in directories must have been counted
  public ObjectDirectoryService(ObjectStorage objects, SizeRule sizeRule) {
    this.objects = objects;
    this.references = new References(sizeRule);
    long partBytes = Runtime.getRuntime().maxMemory() / PART_OF_THE_HEAP;
    this.trees = new SharedLoads<>(partBytes, StoredTree::weightBytes);
    this.mostDirectoryBytes = (int) Math.min(MOST_FRAME_BYTES, partBytes);
  }

  @Override
  public Optional<Directory> get(B3Digest digest) throws StoreException {
    B3Digest known = roots.get(digest);
    Optional<Directory> found = known == null ? Optional.empty() : within(known, digest);
    if (found.isPresent()) {
      return found;
    }
    Optional<B3Digest> noted = noted(digest);
    if (noted.isPresent()) {
      found = within(noted.get(), digest);
    }
    return found.isPresent() ? found : within(digest, digest);
  }

  /// A directory of a tree that may not be whole: another one may have it too.
  private Optional<Directory> within(B3Digest root, B3Digest digest) throws StoreException {
    try {
      return trees.of(root, () -> read(root)).flatMap(tree -> tree.find(digest));
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT && !root.equals(digest)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The directories of the object of a tree, read anew; none when there is no such object.
  ///
  /// @throws StoreException [StoreFailure#CORRUPT] when it is not whole
  public Collection<Directory> tree(B3Digest root) throws StoreException {
    return read(root).map(tree -> tree.directories().values()).orElse(List.of());
  }

  /// The root of a tree that has a directory, asked for anew; empty when there is none.
  public Optional<B3Digest> rootOf(B3Digest digest) throws StoreException {
    if (objects.has(ObjectKey.of(ObjectKey.Kind.TREE, digest))) {
      return Optional.of(digest);
    }
    Optional<B3Digest> root = noted(digest);
    return root.isPresent() && objects.has(ObjectKey.of(ObjectKey.Kind.TREE, root.get()))
        ? root
        : Optional.empty();
  }

  /// Notes for directories the roots of other trees that have them.
  public void note(Map<B3Digest, B3Digest> rootOfEach) throws StoreException {
    try (ObjectBatch batch = objects.openBatch()) {
      for (Map.Entry<B3Digest, B3Digest> each : rootOfEach.entrySet()) {
        note(batch, each.getKey(), each.getValue());
      }
      batch.publish();
    }
  }

  private static void note(ObjectBatch batch, B3Digest digest, B3Digest root)
      throws StoreException {
    batch.put(ObjectKey.of(ObjectKey.Kind.WITHIN, digest), root.toBytes());
  }

  private Optional<StoredTree> read(B3Digest root) throws StoreException {
    Optional<byte[]> frame = objects.get(ObjectKey.of(ObjectKey.Kind.TREE, root), MOST_FRAME_BYTES);
    if (frame.isEmpty()) {
      return Optional.empty();
    }
    try (var records = new Frames.Records(frame.get(), "tree " + root, mostDirectoryBytes)) {
      StoredTree tree = StoredTree.read(root, records, space);
      remember(root, tree);
      return Optional.of(tree);
    }
  }

  private void remember(B3Digest root, StoredTree tree) {
    if (roots.size() + tree.directories().size() > MOST_KNOWN) {
      roots.clear();
    }
    tree.directories().keySet().forEach(digest -> roots.put(digest, root));
  }

  private Optional<B3Digest> noted(B3Digest digest) throws StoreException {
    Optional<byte[]> bytes =
        objects.get(ObjectKey.of(ObjectKey.Kind.WITHIN, digest), B3Digest.LENGTH_BYTES);
    try {
      return bytes.map(B3Digest::of);
    } catch (InvalidDataException _) {
      // A note that is none says nothing.
      return Optional.empty();
    }
  }

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    references.check(directory, this::get);
    Map<B3Digest, Directory> closed = new HashMap<>(Map.of(directory.digest(), directory));
    for (int i = 0; i < directory.entryCount(); i++) {
      if (directory.nodeAt(i) instanceof DirectoryNode child
          && !closed.containsKey(child.digest())) {
        addTree(child.digest(), closed);
      }
    }
    keepAll(directory.digest(), closed.values());
    return directory.digest();
  }

  private void addTree(B3Digest root, Map<B3Digest, Directory> closed) throws StoreException {
    try (Cursor<Directory> tree = getRecursive(root)) {
      for (var next = tree.next(); next.isPresent(); next = tree.next()) {
        closed.put(next.get().digest(), next.get());
      }
    }
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) {
    return new TreeCursor(this, root);
  }

  @Override
  public DirectoryWriter putMultiple() {
    return new TreeWriter(this::keepAll, references, space);
  }

  private void keepAll(B3Digest root, Collection<Directory> all) throws StoreException {
    Map<B3Digest, Directory> closed = new HashMap<>();
    all.forEach(directory -> closed.put(directory.digest(), directory));
    try (ObjectBatch batch = objects.openBatch()) {
      byte[] tree = Frames.ofRecords(StoredTree.encodings(root, closed));
      batch.put(ObjectKey.of(ObjectKey.Kind.TREE, root), tree);
      for (B3Digest digest : closed.keySet()) {
        if (!digest.equals(root)) {
          note(batch, digest, root);
        }
      }
      batch.publish();
    }
  }
}
