package io.github.storeproof.fuse;

/// Tells the kernel that something it remembers is no longer true.
///
/// *Thread-safe.* A call may wait for requests under way, so it is never made from within a
/// [FuseOperations] method. What the kernel does not know needs no notification, and is no failure.
public interface KernelNotifier {
  /// Forgets the name in the directory `parentId`, a positive or a negative entry, and the
  /// directory's cached listing.
  void entryChanged(long parentId, byte[] name);

  /// Forgets attributes of the node and all its cached content: a file's pages, a directory's
  /// listing, a target.
  void nodeChanged(long nodeId);
}
