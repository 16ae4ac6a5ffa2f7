/// The child of a prober: frames in, system calls, frames out. Start reading at [ProberMain], then `ScriptRunner`.
///
/// Whatever happens to a call into a broken filesystem happens here: it may hang, and the process may be killed.
@NullMarked
package io.github.storeproof.conformance.prober.child;

import org.jspecify.annotations.NullMarked;
