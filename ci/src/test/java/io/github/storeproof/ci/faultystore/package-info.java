/// A store of its own behind gRPC, with faults to choose from. It shares nothing with the reference or the kit but the
/// generated messages: right, it conforms; with a fault, one rule must say so.
///
/// Start reading at [io.github.storeproof.ci.faultystore.StoreFault].
@NullMarked
package io.github.storeproof.ci.faultystore;

import org.jspecify.annotations.NullMarked;
