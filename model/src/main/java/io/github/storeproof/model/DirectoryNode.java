package io.github.storeproof.model;

/// A directory, by the digest of its canonical encoding.
///
/// @param digest what [Directory#digest] is of the directory
/// @param size what [Directory#size] is of it under the store's [SizeRule], 0..2^63-1; no bytes
public record DirectoryNode(B3Digest digest, long size) implements Node {
  /// @throws InvalidDataException when the size is out of range
  public DirectoryNode {
    NodeSize.check(size);
  }

  /// The node of a directory, its size counted by `rule`.
  public static DirectoryNode of(Directory directory, SizeRule rule) {
    return new DirectoryNode(directory.digest(), directory.size(rule));
  }
}
