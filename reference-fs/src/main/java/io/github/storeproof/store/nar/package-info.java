/// NARs of what stores hold.
///
/// [io.github.storeproof.store.nar.Nars] writes them; [io.github.storeproof.store.nar.NarDigest] hashes
/// what is written.
@NullMarked
package io.github.storeproof.store.nar;

import org.jspecify.annotations.NullMarked;
