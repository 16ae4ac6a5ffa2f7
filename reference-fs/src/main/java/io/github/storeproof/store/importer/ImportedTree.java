package io.github.storeproof.store.importer;

import io.github.storeproof.model.Node;
import io.github.storeproof.model.Sha256Digest;

/// A tree that is in the stores now. *Immutable.*
///
/// @param node its root
/// @param narSha256 the digest of its NAR
/// @param narSizeBytes the length of its NAR
public record ImportedTree(Node node, Sha256Digest narSha256, long narSizeBytes) {}
