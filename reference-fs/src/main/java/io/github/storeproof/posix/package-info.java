/// The few system calls that Java's own library cannot make on raw bytes: walking a tree whose
/// names are any bytes, and memory outside the heap.
///
/// [io.github.storeproof.posix.Posix] has the calls that read files and directories,
/// [io.github.storeproof.posix.Mapping] has memory. Nothing here knows of stores.
@NullMarked
package io.github.storeproof.posix;

import org.jspecify.annotations.NullMarked;
