package io.github.storeproof.model;

/// The range of a node's size. The wire has 64 unsigned bits, a file offset has 63.
final class NodeSize {
  private NodeSize() {}

  static void check(long size) {
    if (size < 0) {
      throw new InvalidDataException(
          Violation.SIZE_RANGE,
          "size is " + Long.toUnsignedString(size) + ", want at most " + Long.MAX_VALUE);
    }
  }
}
