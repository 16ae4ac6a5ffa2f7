/// What the stores of files have in common: how files and their names become durable, and what a
/// failure of a disk is to a store. Start at [io.github.storeproof.store.disk.Disk].
@NullMarked
package io.github.storeproof.store.disk;

import org.jspecify.annotations.NullMarked;
