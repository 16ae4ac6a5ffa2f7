/// What no module can test alone: the arrows between the modules, the launchers, and the kit against
/// real mounts of the reference and of its mutants.
@NullMarked
package io.github.storeproof.ci;

import org.jspecify.annotations.NullMarked;
