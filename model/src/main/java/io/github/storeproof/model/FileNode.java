package io.github.storeproof.model;

/// A regular file, by the digest of its bytes.
///
/// @param digest the digest of the content
/// @param size the length of the content in bytes, 0..2^63-1
/// @param executable whether the mode is 0555 rather than 0444
public record FileNode(B3Digest digest, long size, boolean executable) implements Node {
  /// @throws InvalidDataException when the size is out of range
  public FileNode {
    NodeSize.check(size);
  }
}
