/// A small embedded key-value store: what the durable stores know of their content.
///
/// [io.github.storeproof.store.index.Index] is the interface: reading is of one moment, changing is
/// all or nothing. [io.github.storeproof.store.index.LmdbIndex] keeps it in an LMDB database, which
/// many processes may have open; [io.github.storeproof.store.index.Lmdb] is the one class with native
/// calls.
@NullMarked
package io.github.storeproof.store.index;

import org.jspecify.annotations.NullMarked;
