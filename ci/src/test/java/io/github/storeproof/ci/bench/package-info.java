/// How fast stores are, as ratios to what the same machine does without them in the same run: `ci/bench/stores`.
@NullMarked
package io.github.storeproof.ci.bench;

import org.jspecify.annotations.NullMarked;
