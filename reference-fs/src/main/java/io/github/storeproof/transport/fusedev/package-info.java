/// The transport on `/dev/fuse`: mounts, carries requests and replies, unmounts.
///
/// Start with [io.github.storeproof.transport.fusedev.Mount]. Requests come in through
/// [io.github.storeproof.transport.fusedev.FuseDevice] and are answered by a
/// [io.github.storeproof.fuse.FuseSession]; all system calls are in
/// [io.github.storeproof.transport.fusedev.Libc].
@NullMarked
package io.github.storeproof.transport.fusedev;

import org.jspecify.annotations.NullMarked;
