/// Directories, found by their digests.
///
/// [io.github.storeproof.store.directory.DirectoryService] is the interface;
/// [io.github.storeproof.store.directory.MemoryDirectoryService] keeps them on the heap and accepts
/// closed trees only; [io.github.storeproof.store.directory.IndexedDirectoryService] keeps them in an
/// index; [io.github.storeproof.store.directory.GrpcDirectoryService] asks another process.
@NullMarked
package io.github.storeproof.store.directory;

import org.jspecify.annotations.NullMarked;
