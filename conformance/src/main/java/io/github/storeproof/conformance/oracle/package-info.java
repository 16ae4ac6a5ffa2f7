/// What correct filesystems answer: the one definition of correctness. In come a fixture and a script, out goes a [Mismatch]
/// where an answer is in no allowed set, with the smallest script and tree that show it.
///
/// Start reading at [Allowed] and [Trial]; [NodeCheck] is a rule about one node, [Everywhere] and [RandomTrees] apply it.
@NullMarked
package io.github.storeproof.conformance.oracle;

import org.jspecify.annotations.NullMarked;
