/// The FUSE protocol on memory alone: a request's bytes come in, a reply's bytes go out, no
/// descriptor is touched.
///
/// Start with [io.github.storeproof.fuse.FuseSession], which decodes, dispatches to
/// [io.github.storeproof.fuse.FuseOperations] and encodes. The layouts are in `fuse.wire`, the
/// descriptors in `transport.fusedev`.
@NullMarked
package io.github.storeproof.fuse;

import org.jspecify.annotations.NullMarked;
