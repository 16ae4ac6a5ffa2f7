package io.github.storeproof.app;

import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.transport.fusedev.Mount;
import io.github.storeproof.transport.fusedev.MountOptions;
import io.github.storeproof.transport.fusedev.Signals;
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
    try (ReferenceStore store = ReferenceStore.of(storePaths);
        Mount mount = store.mount(options, isRootListed, wrapping)) {
      mount.unmountOnSignals();
      Signals.handle("HUP", () -> importNew(store));
      mount.awaitUnmounted();
    }
  }

  private static void importNew(ReferenceStore store) {
    try {
      store.importNew();
    } catch (Exception e) {
      throw new IllegalStateException("cannot import what is new", e);
    }
  }
}
