package io.github.storeproof.conformance.prober;

/// Sizes of the kernel's structures: enough for every machine.
final class Layouts {
  static final int STAT_BYTES = 144;
  static final int STATX_BYTES = 256;
  static final int STATFS_BYTES = 120;

  private Layouts() {}
}
