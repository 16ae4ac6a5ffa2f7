/// The kit as a library: rules as JUnit tests. In comes a way to mount, out come tests, one for each case. Start
/// reading at [StoreMountRules]. Stores to test with, for tests of one's own, begin at [StoreFixture].
@NullMarked
package io.github.storeproof.conformance.junit;

import org.jspecify.annotations.NullMarked;
