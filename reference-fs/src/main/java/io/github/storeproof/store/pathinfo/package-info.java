/// Store paths: which root node each has, and its Nix metadata.
///
/// [io.github.storeproof.store.pathinfo.PathInfoService] is the interface;
/// [io.github.storeproof.store.pathinfo.MemoryPathInfoService] keeps them on the heap and tells
/// listeners of new ones; [io.github.storeproof.store.pathinfo.IndexedPathInfoService] keeps them in an
/// index; [io.github.storeproof.store.pathinfo.GrpcPathInfoService] asks another
/// process.
@NullMarked
package io.github.storeproof.store.pathinfo;

import org.jspecify.annotations.NullMarked;
