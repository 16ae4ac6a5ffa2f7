package io.github.storeproof.model;

/// What a name stands for: a directory, a file or a symlink.
///
/// A node says what its content is by digest and carries no name of its own: the name is the entry's
/// in a [Directory], or the store path's for a root node. All nodes are *immutable*.
public sealed interface Node permits DirectoryNode, FileNode, SymlinkNode {}
