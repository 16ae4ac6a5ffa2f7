/// The bytes between a prober and its child: frames with a version, a kind and a bounded length; scripts one way, observations the other.
///
/// Start reading at [Frame].
@NullMarked
package io.github.storeproof.conformance.prober.frame;

import org.jspecify.annotations.NullMarked;
