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
  /// Whether a byte of the blob is in this piece.
  boolean has(long offset) {
    return offset >= from && offset < from + sizeBytes;
  }
}
