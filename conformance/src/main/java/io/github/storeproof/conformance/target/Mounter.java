package io.github.storeproof.conformance.target;

import java.nio.file.Path;

/// Mounts plain directories with the filesystem under test, by code instead of a command. *Thread-safe*: the kit has several mounts
/// at a time, each with a mount point of its own, and may mount one tree twice.
public interface Mounter {
  /// Shows a tree on a mount point, and either returns once that is so or stays as long as the mount.
  ///
  /// @param tree a directory of store paths, to be packed, imported or read; it stays as it is until the unmount
  /// @param mountPoint an empty directory
  /// @throws Exception when it cannot be mounted: the message reaches the user
  void mount(Path tree, Path mountPoint) throws Exception;

  /// Unmounts, and ends what serves the mount. It is called once for each [#mount], also for a mount that died.
  ///
  /// @throws Exception when it does not work: the kit then unmounts by force
  void unmount(Path mountPoint) throws Exception;
}
