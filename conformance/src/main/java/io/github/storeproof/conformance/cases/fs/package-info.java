/// What is tried on a mounted filesystem: one class for each system call or topic, one method for each case of a rule.
///
/// A case chooses nodes of the fixture, makes a [io.github.storeproof.conformance.oracle.Trial] of calls with the answers
/// that correct filesystems give, and runs it.
@NullMarked
package io.github.storeproof.conformance.cases.fs;

import org.jspecify.annotations.NullMarked;
