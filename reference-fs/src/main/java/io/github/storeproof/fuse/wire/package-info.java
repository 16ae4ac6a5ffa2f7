/// `linux/fuse.h` as records and codecs: static offsets on memory segments, in the machine's byte
/// order.
///
/// Nothing here decides; [io.github.storeproof.fuse.wire.Opcode] is the place to start reading.
@NullMarked
package io.github.storeproof.fuse.wire;

import org.jspecify.annotations.NullMarked;
