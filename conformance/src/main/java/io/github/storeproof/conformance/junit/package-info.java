/// The kit as a library: rules as JUnit tests. In comes a way to mount, out come tests, one for each case. Start
/// reading at [StoreMountRules].
@NullMarked
package io.github.storeproof.conformance.junit;

import org.jspecify.annotations.NullMarked;
