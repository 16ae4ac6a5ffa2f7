/// The filesystem: node ids, attributes, listings and content over the stores, with no idea of who
/// asks.
///
/// [io.github.storeproof.castorefs.CastoreFs] answers the questions of
/// [io.github.storeproof.fuse.FuseOperations]. [io.github.storeproof.castorefs.InodeTable] has what
/// the kernel knows, [io.github.storeproof.castorefs.RootNodes] the store paths,
/// [io.github.storeproof.castorefs.Errnos] the one way from a store's failure to an errno.
@NullMarked
package io.github.storeproof.castorefs;

import org.jspecify.annotations.NullMarked;
