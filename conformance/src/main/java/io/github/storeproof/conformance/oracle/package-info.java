/// The one definition of correctness: from a fixture to the set of allowed observations. Start
/// reading at [Mismatch].
@NullMarked
package io.github.storeproof.conformance.oracle;

import org.jspecify.annotations.NullMarked;
