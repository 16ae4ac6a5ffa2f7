package io.github.storeproof.store.blob;

import io.github.storeproof.model.B3Digest;

/// A piece of a blob, itself readable as a blob. *Immutable.*
public record Chunk(B3Digest digest, long sizeBytes) {}
