package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import java.util.function.Function;

/// Who makes a call: the thread of the script, another one, or another process that shares its descriptors.
enum Place {
  HERE,
  THREAD,
  PROCESS;

  /// Adds a call.
  Slot call(Trial trial, Function<Script.Builder, Slot> call) {
    return switch (this) {
      case HERE -> call.apply(trial.calls());
      case THREAD -> trial.calls().onThread(calls -> inside(call, calls));
      case PROCESS -> trial.calls().otherProcess(calls -> inside(call, calls));
    };
  }

  private static void inside(Function<Script.Builder, Slot> call, Script.Builder calls) {
    Slot _ = call.apply(calls);
  }

  /// The answer to the call itself.
  Observation seen(Observation observed) {
    return this == HERE || !observed.ok() ? observed : observed.inner().at(0);
  }

  /// The same set of answers, for the call made here.
  Allowed here(Allowed allowed) {
    return new Allowed(
        this == HERE
            ? allowed.words()
            : allowed.words() + " in another " + name().toLowerCase(java.util.Locale.ROOT),
        observed -> allowed.holds().test(seen(observed)),
        observed -> allowed.seen().apply(seen(observed)));
  }
}
