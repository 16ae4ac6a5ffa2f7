package io.github.storeproof.conformance.store;

import io.github.storeproof.model.B3Digest;

/// A blob or a chunk of it, and what is wrong with the blob. *Immutable.*
///
/// @param blob the whole blob
/// @param fault of it
/// @param from where in the blob the piece starts
/// @param sizeBytes of the piece
/// @param isLast whether the blob ends with it
record FaultyPiece(B3Digest blob, Fault fault, long from, long sizeBytes, boolean isLast) {
  private static final long UNKNOWN = Long.MAX_VALUE;

  /// The blob itself, of whatever size.
  static FaultyPiece whole(B3Digest blob, Fault fault) {
    return new FaultyPiece(blob, fault, 0, UNKNOWN, true);
  }

  /// Whether it is a chunk that is not there.
  boolean isMissingChunk() {
    return fault instanceof Fault.MissingAt(long offset) && sizeBytes != UNKNOWN && has(offset);
  }

  /// Whether a byte of the blob is in this piece.
  boolean has(long offset) {
    return offset >= from && offset < from + sizeBytes;
  }
}
