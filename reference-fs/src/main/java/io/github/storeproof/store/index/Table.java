package io.github.storeproof.store.index;

/// The tables of an index. Their names are part of the format on disk.
public enum Table {
  /// Digest of a blob → its length, its outboard, and when it was last put.
  BLOBS("blobs"),
  /// Digest of a blob → the digests of its chunks.
  CHUNK_LISTS("chunk-lists"),
  /// Digest of a chunk and digest of a blob → where in the blob it is.
  CHUNKS("chunks"),
  /// Digest of a directory → when it was last put, and its canonical encoding.
  DIRECTORIES("directories"),
  /// Digest of a store path → its path info.
  PATH_INFOS("path-infos");

  private final String label;

  Table(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
