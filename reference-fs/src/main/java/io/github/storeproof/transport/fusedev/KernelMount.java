package io.github.storeproof.transport.fusedev;

/// A mount that the kernel has made, before anyone answers its requests: one way for root, one for
/// everybody.
sealed interface KernelMount permits RootMount, FusermountMount {
  FuseDevice device();

  /// Takes the mount out of the tree.
  ///
  /// @param lazily also when it is in use; it then lives on for those who use it
  /// @return 0 or the errno
  int unmount(boolean lazily);

  /// The mount has ended; gives back what served it beside the device.
  void release();

  static KernelMount of(MountOptions options) throws MountException {
    options.mountPoint().check();
    boolean direct = Libc.effectiveUserId() == 0 && !options.autoUnmount();
    return direct ? RootMount.of(options) : FusermountMount.of(options);
  }
}
