package io.github.storeproof.store;

/// Why a store could not do what it was asked: few kinds, each with one errno and one gRPC status.
public enum StoreFailure {
  /// Something that other content refers to is not there: a blob of a file, a directory of a tree.
  MISSING,
  /// What the store holds is not what its digest says, or cannot be decoded.
  CORRUPT,
  /// What the caller offered breaks a rule of the store.
  REFUSED,
  /// The store does not do that at all.
  UNSUPPORTED,
  /// The caller may not.
  DENIED,
  /// No answer within the deadline.
  TIMED_OUT,
  /// The caller gave up waiting.
  INTERRUPTED,
  /// The store cannot be reached, for now.
  UNAVAILABLE,
  /// No memory or no disk is left.
  FULL,
  /// Anything else that went wrong while reading or writing.
  IO
}
