/// Acts on a target and reports, never judges.
///
/// A [Script] is a list of system calls as data. A [Prober] sends it to a child process, which makes the calls on raw
/// bytes, and gets [Observations] back: for each call its result, its errno and the bytes it wrote. A call that never
/// returns ends as [ProberHung], a child that dies as [ProberDied]; the caller goes on with a fresh prober.
///
/// Start reading at [Script.Builder], which has one method for each system call, then [Prober].
@NullMarked
package io.github.storeproof.conformance.prober;

import org.jspecify.annotations.NullMarked;
