/// Contents of files, found by their digests.
///
/// [io.github.storeproof.store.blob.BlobService] is the interface;
/// [io.github.storeproof.store.blob.MemoryBlobService] keeps blobs outside the Java heap, each in
/// one piece; [io.github.storeproof.store.blob.FileBlobService] keeps each in a file and checks it as it is
/// read; [io.github.storeproof.store.blob.GrpcBlobService] asks another process.
@NullMarked
package io.github.storeproof.store.blob;

import org.jspecify.annotations.NullMarked;
