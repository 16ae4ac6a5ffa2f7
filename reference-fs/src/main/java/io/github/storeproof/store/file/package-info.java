/// The embedded store: three services in one directory, durable, for many processes at a time.
///
/// ```
/// DIR/version            "storeproof store 1"
/// DIR/blobs/ab/ab…       each blob a plain file, named by its digest in hex
/// DIR/incoming/          files that are being written
/// DIR/index/             an LMDB database: which blobs there are, directories, path infos
/// ```
///
/// [io.github.storeproof.store.file.FileStore] opens it.
@NullMarked
package io.github.storeproof.store.file;

import org.jspecify.annotations.NullMarked;
