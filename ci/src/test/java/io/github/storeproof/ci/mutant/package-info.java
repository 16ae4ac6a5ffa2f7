/// Broken filesystems that the kit must see: the reference with one fault each, mounted for real.
///
/// Start reading at [Mutant]; [MutantIT] runs the kit on each.
@NullMarked
package io.github.storeproof.ci.mutant;

import org.jspecify.annotations.NullMarked;
