/// Scripts as text: C to read, Python to replay, JSON to keep.
@NullMarked
package io.github.storeproof.conformance.prober.render;

import org.jspecify.annotations.NullMarked;
