package io.github.storeproof.ci.faulty;

/// What statfs says. *Immutable.*
record Space(long blockSizeBytes, long blockCount, long longestNameBytes) {
  static final Space RIGHT = new Space(4096, 1 << 20, 255);
}
