/// Stores made of other stores: a near one before a far one, written back, first-of, read-only, cached in memory
/// or on disk, signing, verifying.
///
/// [io.github.storeproof.store.layer.Layering] says how two stores are one;
/// [io.github.storeproof.store.layer.LayeredBlobs] and its siblings do it;
/// [io.github.storeproof.store.layer.FarStore] notices when the far one is down,
/// [io.github.storeproof.store.layer.WriteBack] pushes what waits in a
/// [io.github.storeproof.store.layer.PushQueue], [io.github.storeproof.store.layer.DiskCache] has a bound.
@NullMarked
package io.github.storeproof.store.layer;

import org.jspecify.annotations.NullMarked;
