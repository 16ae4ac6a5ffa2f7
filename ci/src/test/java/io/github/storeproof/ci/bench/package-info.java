/// How fast stores and archives are, as ratios to what the same machine does without them in the same run: `ci/bench/stores`,
/// `ci/bench/fixtures`.
@NullMarked
package io.github.storeproof.ci.bench;

import org.jspecify.annotations.NullMarked;
