/// The prober's side of its child: how it starts, what it was doing, what the kernel says of it.
@NullMarked
package io.github.storeproof.conformance.prober.host;

import org.jspecify.annotations.NullMarked;
