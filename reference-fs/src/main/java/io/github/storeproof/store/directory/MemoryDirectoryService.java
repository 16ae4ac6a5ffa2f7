package io.github.storeproof.store.directory;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps directories on the heap. *Thread-safe.*
public final class MemoryDirectoryService implements DirectoryService {
  private final ConcurrentHashMap<B3Digest, Directory> directories = new ConcurrentHashMap<>();
  private final References references;
  private final TreeSpace space = TreeSpace.ofThisProcess();

  /// @param sizeRule how the sizes in directories must have been counted
  public MemoryDirectoryService(SizeRule sizeRule) {
    references = new References(sizeRule);
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public Optional<Directory> get(B3Digest digest) {
    return Optional.ofNullable(directories.get(digest));
  }

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    references.check(directory, this::get);
    B3Digest digest = directory.digest();
    directories.putIfAbsent(digest, directory);
    return digest;
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) {
    return new TreeCursor(this, root);
  }

  @Override
  public DirectoryWriter putMultiple() {
    return new TreeWriter((_, closed) -> keepAll(closed), references, space);
  }

  /// Keeps directories that were checked as one closed tree.
  void keepAll(Collection<Directory> closed) {
    for (Directory directory : closed) {
      directories.putIfAbsent(directory.digest(), directory);
    }
  }
}
