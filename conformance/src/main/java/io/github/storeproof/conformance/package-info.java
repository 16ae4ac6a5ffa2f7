/// The storeproof command line.
@NullMarked
package io.github.storeproof.conformance;

import org.jspecify.annotations.NullMarked;
