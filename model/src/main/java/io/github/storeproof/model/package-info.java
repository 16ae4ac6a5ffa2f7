/// The values of a content-addressed store: digests, names, nodes, directories, store paths and archives.
///
/// Bytes from outside come in, through the factories of the values and through [DirectoryCodec];
/// what goes out is valid by construction: a value that exists obeys every rule of the format, and
/// bytes that break one end in an [InvalidDataException] that names the broken [Violation]. Nothing
/// here opens a file or knows a network.
///
/// Start reading at [Node], then [Directory] and [DirectoryCodec]; store paths begin at [StorePath],
/// archives at [NarVisitor], with [NarWriter] and [NarReader] on its two sides.
@NullMarked
package io.github.storeproof.model;

import org.jspecify.annotations.NullMarked;
