package io.github.storeproof.model;

/// A symlink.
///
/// @param target where it points
public record SymlinkNode(SymlinkTarget target) implements Node {}
