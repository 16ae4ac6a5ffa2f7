package io.github.storeproof.app;

import io.github.storeproof.castorefs.CastoreFs;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.posix.RawPath;
import io.github.storeproof.transport.fusedev.Mount;
import io.github.storeproof.transport.fusedev.MountOptions;
import io.github.storeproof.transport.fusedev.Signals;
import java.util.List;
import java.util.function.UnaryOperator;

/// The reference as `castore mount --import-all` shows it, with operations that a caller may wrap.
/// Tests wrap it in faults that a conformance kit must see.
public final class ReferenceMount {
  private ReferenceMount() {}

  /// Shows a directory of store paths until it is unmounted.
  ///
  /// @param options where, and how many loops
  /// @param storePaths a directory whose entries are named as store paths; SIGHUP reads it again
  /// @param isRootListed whether the root can be listed
  /// @param wrapping what the kernel talks to, made of the reference's operations
  public static void serve(
      MountOptions options,
      byte[] storePaths,
      boolean isRootListed,
      UnaryOperator<FuseOperations> wrapping)
      throws Exception {
    options.mountPoint().check();
    try (MemoryStores memory = new MemoryStores()) {
      StorePathDirectory directory = new StorePathDirectory(RawPath.of(storePaths));
      ImportSources sources =
          new ImportSources(
              memory.importer(), memory.stores().pathInfos(), List.of(), List.of(directory));
      sources.importAll();
      CastoreFs filesystem = new CastoreFs(memory.stores(), isRootListed);
      try (Mount mount = Mount.mount(options, wrapping.apply(filesystem))) {
        mount.unmountOnSignals();
        Signals.handle("HUP", () -> importNew(sources));
        mount.awaitUnmounted();
      }
    }
  }

  private static void importNew(ImportSources sources) {
    try {
      sources.importNew();
    } catch (Exception e) {
      throw new IllegalStateException("cannot import what is new", e);
    }
  }
}
