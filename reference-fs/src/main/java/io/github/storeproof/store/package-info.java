/// Where content lives: blobs, directories and path infos, each behind a small blocking interface.
///
/// [io.github.storeproof.store.blob.BlobService],
/// [io.github.storeproof.store.directory.DirectoryService] and
/// [io.github.storeproof.store.pathinfo.PathInfoService] are called from threads that may wait.
/// What is absent is an empty `Optional`; what fails is a
/// [io.github.storeproof.store.StoreException] with a [io.github.storeproof.store.StoreFailure],
/// the same for all of them.
@NullMarked
package io.github.storeproof.store;

import org.jspecify.annotations.NullMarked;
