/// Stores made of other stores: a near one before a far one, first-of, read-only, cached, signing, verifying.
///
/// [io.github.storeproof.store.layer.Layering] says how two stores are one;
/// [io.github.storeproof.store.layer.LayeredBlobs] and its siblings do it;
/// [io.github.storeproof.store.layer.FarStore] notices when the far one is down.
@NullMarked
package io.github.storeproof.store.layer;

import org.jspecify.annotations.NullMarked;
