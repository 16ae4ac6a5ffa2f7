package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Script;
import java.util.BitSet;

/// Which calls of a script need which others.
public final class Closure {
  private Closure() {}

  /// The given calls and all that they refer to, directly or not.
  public static BitSet of(Script script, BitSet calls) {
    BitSet all = (BitSet) calls.clone();
    for (int at = all.length() - 1; at >= 0; at = all.previousSetBit(at - 1)) {
      addReferences(script.calls().get(at), 0, all);
    }
    return all;
  }

  private static void addReferences(Call call, int depth, BitSet needed) {
    for (Arg arg : call.args()) {
      arg.reference()
          .filter(reference -> reference.levelsUp() == depth)
          .ifPresent(reference -> needed.set(reference.callIndex()));
    }
    for (Script nested : call.nested()) {
      nested.calls().forEach(inner -> addReferences(inner, depth + 1, needed));
    }
  }
}
