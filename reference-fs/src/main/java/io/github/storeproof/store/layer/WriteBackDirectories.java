package io.github.storeproof.store.layer;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Directory;
import io.github.storeproof.store.Cursor;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.DirectoryWriter;
import java.util.List;
import java.util.Optional;

/// Directories that are put near, and wait to be pushed. *Thread-safe.*
///
/// @param layered where directories are read
/// @param near where they are put
public record WriteBackDirectories(DirectoryService layered, DirectoryService near, PushQueue queue)
    implements DirectoryService {
  @Override
  public Optional<Directory> get(B3Digest digest) throws StoreException {
    return layered.get(digest);
  }

  @Override
  public Cursor<Directory> getRecursive(B3Digest root) throws StoreException {
    return layered.getRecursive(root);
  }

  @Override
  public B3Digest put(Directory directory) throws StoreException {
    B3Digest digest = near.put(directory);
    queue.add(List.of(Push.tree(digest)));
    return digest;
  }

  @Override
  public DirectoryWriter putMultiple() throws StoreException {
    DirectoryWriter ofNear = near.putMultiple();
    return new DirectoryWriter() {
      @Override
      public void put(Directory directory) throws StoreException {
        ofNear.put(directory);
      }

      @Override
      public B3Digest commit() throws StoreException {
        B3Digest root = ofNear.commit();
        queue.add(List.of(Push.tree(root)));
        return root;
      }

      @Override
      public void close() {
        ofNear.close();
      }
    };
  }
}
