package io.github.storeproof.store.layer;

/// How a near store stands before a far one. Reading asks the near one first, then the far one.
///
/// @param isCopied whether what the far one has is kept in the near one
/// @param isWrittenThrough whether a write goes to both, and has failed unless both have it; to the near
///     one alone otherwise
public record Layering(boolean isCopied, boolean isWrittenThrough) {}
