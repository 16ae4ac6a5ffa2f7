package io.github.storeproof.castorefs;

import io.github.storeproof.model.PathComponent;

/// The numbers that stat shows: a hash of the path from the root on, so that they outlive a forget
/// and a remount (rules INO-1, INO-2 and DIR-3).
///
/// FNV-1a over the names, each finished by the mixer of MurmurHash3; 64 bits, so that two paths
/// share one by an accident of one in 2^64.
final class Inos {
  static final long ROOT = 1;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Inos() {}

  /// The number of `name` in the directory with the number `parent`; never 0, which means none, nor
  /// the root's.
  static long child(long parent, PathComponent name) {
    long hash = FNV_OFFSET ^ mixed(parent);
    for (byte b : name.toBytes()) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    long ino = mixed(hash);
    return ino == 0 || ino == ROOT ? ino + 2 : ino;
  }

  private static long mixed(long bits) {
    long x = bits;
    x = (x ^ (x >>> 33)) * 0xff51afd7ed558ccdL;
    x = (x ^ (x >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return x ^ (x >>> 33);
  }
}
