package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import java.util.function.Function;

/// A call that would change a filesystem, if it could.
///
/// @param name the call, for messages
/// @param call makes it; the slot is that of the call itself
/// @param optional whether a filesystem may not know the call at all (ENOTSUP, ENOTTY), which refuses it as well
record Mutation(String name, Function<Script.Builder, Slot> call, boolean optional) {

  /// Adds the calls to a script.
  Slot addTo(Script.Builder calls) {
    return call.apply(calls);
  }
}
