package io.github.storeproof.app;

import io.github.storeproof.castorefs.CastoreFs;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.transport.fusedev.Mount;
import io.github.storeproof.transport.fusedev.MountException;
import io.github.storeproof.transport.fusedev.MountOptions;
import java.util.List;
import java.util.function.UnaryOperator;

/// Stores in memory with what a directory of store paths holds, for any number of mounts. *Thread-safe.*
public final class ReferenceStore implements AutoCloseable {
  private final OpenStores memory = OpenStores.inMemory();
  private final ImportSources sources;

  private ReferenceStore(byte[] storePaths) {
    sources =
        new ImportSources(
            memory.importer(),
            memory.stores().pathInfos(),
            List.of(),
            List.of(new StorePathDirectory(RawPath.of(storePaths))));
  }

  /// Imports a directory.
  ///
  /// @param storePaths a directory whose entries are named as store paths
  public static ReferenceStore of(byte[] storePaths) throws Exception {
    ReferenceStore store = new ReferenceStore(storePaths);
    store.importNew();
    return store;
  }

  /// Imports what the directory has got since.
  public void importNew() throws Exception {
    sources.importNew();
  }

  /// Mounts it.
  ///
  /// @param options where, and how many loops
  /// @param isRootListed whether the root can be listed
  /// @param wrapping what the kernel talks to, made of the reference's operations
  public Mount mount(
      MountOptions options, boolean isRootListed, UnaryOperator<FuseOperations> wrapping)
      throws MountException {
    return Mount.mount(options, wrapping.apply(new CastoreFs(memory.stores(), isRootListed)));
  }

  /// Ends the threads of the import; mounts go on.
  @Override
  public void close() {
    memory.close();
  }
}
