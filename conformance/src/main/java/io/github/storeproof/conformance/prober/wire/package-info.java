/// The kernel's structures as records: bytes of an [io.github.storeproof.conformance.prober.Observation] in, values out.
@NullMarked
package io.github.storeproof.conformance.prober.wire;

import org.jspecify.annotations.NullMarked;
