/// Objects under names, as a store of objects keeps them, and the forms that content has in them.
///
/// | name | what it is |
/// |---|---|
/// | `chunks/b3/<4 hex>/<64 hex>` | a zstd frame; the digest is that of the bytes in it |
/// | `blobs/b3/<4 hex>/<64 hex>` | `StatBlobResponse`: the chunks of a blob; none of them: one chunk of the blob's digest |
/// | `dirs/b3/<4 hex>/<64 hex>` | a zstd frame of a tree: the length of each directory (4 bytes, big-endian) and its encoding, the root first |
/// | `within/b3/<4 hex>/<64 hex>` | the digest of the root of a tree that has this directory |
/// | `path-infos/<32 characters>` | `PathInfo` of the store path with this digest |
///
/// The first three are snix's; the others are ours. [io.github.storeproof.store.object.ObjectStorage] is
/// where objects are, [io.github.storeproof.store.object.FileObjects] keeps them in a directory; the
/// services themselves are beside their interfaces.
@NullMarked
package io.github.storeproof.store.object;

import org.jspecify.annotations.NullMarked;
