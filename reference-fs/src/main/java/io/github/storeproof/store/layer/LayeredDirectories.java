package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import java.util.Map;
import java.util.Optional;

/// Directories of a near store, and behind it those of a far one. *Thread-safe.*
///
/// A store holds closed trees only: of the far one's directories whole trees are copied.
public final class LayeredDirectories implements DirectoryService {
  private final DirectoryService near;
  private final DirectoryService far;
  private final FarStore farStore;
  private final Layering layering;
  private final Copies<B3Digest> copies = new Copies<>();

  public LayeredDirectories(
      DirectoryService near, DirectoryService far, FarStore farStore, Layering layering) {
    this.near = near;
    this.far = far;
    this.farStore = farStore;
    this.layering = layering;
  }

  @Override
  public Optional<Directory> get(B3Digest digest) throws StoreException {
    Optional<Directory> found = nearOrNone(digest);
    if (found.isPresent()) {
      return found;
    }
    Optional<Directory> fetched = farStore.ask(() -> far.get(digest));
    if (fetched.isPresent() && layering.isCopied()) {
      copies.start(digest, () -> copy(digest));
    }
    return fetched;
  }

  /// One that is corrupt is as good as none: the far store may have it.
  private Optional<Directory> nearOrNone(B3Digest digest) throws StoreException {
    try {
      return near.get(digest);
    } catch (StoreException e) {
      if (e.failure() == StoreFailure.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void copy(B3Digest root) throws StoreException {
    Map<B3Digest, Directory> tree = farStore.ask(() -> Trees.read(far, root));
    var _ = Trees.put(near, root, tree);
  }

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    if (layering.isWrittenThrough()) {
      var _ = farStore.ask(() -> far.put(directory));
    }
    return near.put(directory);
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) throws StoreException {
    return nearOrNone(root).isPresent()
        ? near.getRecursive(root)
        : farStore.ask(() -> far.getRecursive(root));
  }

  @Override
  public DirectoryWriter putMultiple() throws StoreException {
    if (!layering.isWrittenThrough()) {
      return near.putMultiple();
    }
    DirectoryWriter ofFar = farStore.ask(far::putMultiple);
    try {
      return new ThroughDirectoryWriter(near.putMultiple(), ofFar, farStore);
    } catch (StoreException e) {
      ofFar.close();
      throw e;
    }
  }
}
