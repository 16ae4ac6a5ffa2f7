/// From a tree on disk to the stores: names and targets as bytes, several files in flight.
///
/// Start with [io.github.storeproof.store.importer.TreeImporter]. A walker goes through the tree in
/// the order of a NAR and opens files; a few readers store their contents; an assembler follows the
/// walker, hashes the NAR and builds the directories.
@NullMarked
package io.github.storeproof.store.importer;

import org.jspecify.annotations.NullMarked;
