/// What a target's reader of archives is given, by the command of its profile's `[nar]`: right archives, which must come
/// back byte for byte, and wrong ones, which must not come back at all.
///
/// Start with [io.github.storeproof.conformance.cases.nar.ArchiveTrial].
@NullMarked
package io.github.storeproof.conformance.cases.nar;

import org.jspecify.annotations.NullMarked;
