package io.github.storeproof.ci.faulty;

/// What stat says of a node. *Immutable.*
///
/// @param mode type and permissions
record Attributes(
    long ino,
    int mode,
    int linkCount,
    int owner,
    long sizeBytes,
    long blockCount,
    long modifiedSeconds) {
  static final int S_IFMT = 0xF000;
  static final int S_IFDIR = 0x4000;
  static final int S_IFREG = 0x8000;
  static final int S_IFLNK = 0xA000;

  boolean isDirectory() {
    return (mode & S_IFMT) == S_IFDIR;
  }

  boolean isFile() {
    return (mode & S_IFMT) == S_IFREG;
  }

  boolean isLink() {
    return (mode & S_IFMT) == S_IFLNK;
  }

  Attributes withIno(long number) {
    return new Attributes(number, mode, linkCount, owner, sizeBytes, blockCount, modifiedSeconds);
  }

  Attributes withMode(int bits) {
    return new Attributes(ino, bits, linkCount, owner, sizeBytes, blockCount, modifiedSeconds);
  }

  Attributes withLinkCount(int count) {
    return new Attributes(ino, mode, count, owner, sizeBytes, blockCount, modifiedSeconds);
  }

  Attributes withOwner(int user) {
    return new Attributes(ino, mode, linkCount, user, sizeBytes, blockCount, modifiedSeconds);
  }

  Attributes withSize(long bytes) {
    return new Attributes(ino, mode, linkCount, owner, bytes, blockCount, modifiedSeconds);
  }

  Attributes withBlocks(long count) {
    return new Attributes(ino, mode, linkCount, owner, sizeBytes, count, modifiedSeconds);
  }

  Attributes withTime(long seconds) {
    return new Attributes(ino, mode, linkCount, owner, sizeBytes, blockCount, seconds);
  }
}
