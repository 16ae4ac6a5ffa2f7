package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds a small script that still breaks an expectation: first the calls it looks at with those they depend on, then the same
/// after the kernel has dropped its caches, then, where the state left by other calls matters, by leaving out halves,
/// quarters and so on of the rest. Runs are bounded.
final class ScriptShrinker {
  private static final int MAX_RUNS = 60;
  private static final long MAX_NANOS = 3_000_000_000L;

  private static final String ONCE =
      "The answers were right when the script was run again: it takes a moment, a load or a cache that this run had.";

  private final Script script;
  private final Expectation expectation;
  private final Trial.Runner runner;
  private final long startNanos = System.nanoTime();
  private int runs;
  private String failedBefore = "";

  private ScriptShrinker(Script script, Expectation expectation, Trial.Runner runner) {
    this.script = script;
    this.expectation = expectation;
    this.runner = runner;
  }

  /// The smallest script that was found.
  ///
  /// @param observations what the whole script saw
  /// @param deviation what is wrong with it
  static Mismatch smallest(
      Script script,
      Expectation expectation,
      Observations observations,
      String deviation,
      Trial.Runner runner) {
    ScriptShrinker shrinker = new ScriptShrinker(script, expectation, runner);
    BitSet whole = new BitSet();
    whole.set(0, script.calls().size());
    shrinker.failedBefore = shrinker.failuresBefore(whole, Start.AS_IT_IS, observations);
    return shrinker.shrink(deviation);
  }

  private Mismatch shrink(String deviation) {
    BitSet alone = Closure.of(script, ownIndices());
    for (Start start : Start.values()) {
      Optional<String> still = deviationOf(alone, start);
      if (still.isPresent()) {
        return mismatch(still.get(), start.of(script.keeping(alone)));
      }
    }
    BitSet kept = leaveOut(upToTheLastSlot());
    Optional<String> still = deviationOf(kept, Start.AS_IT_IS);
    Mismatch smallest = mismatch(still.orElse(deviation), script.keeping(kept));
    return still.isPresent() ? smallest : smallest.hint(ONCE);
  }

  private Mismatch mismatch(String seen, Script smallest) {
    return new Mismatch(expectation.words(), seen + failedBefore).with(smallest);
  }

  /// What a script begins with.
  private enum Start {
    AS_IT_IS(0) {
      @Override
      Script of(Script script) {
        return script;
      }
    },
    WITH_COLD_CACHES(1) {
      @Override
      Script of(Script script) {
        return script.withColdCaches();
      }
    };

    private final int callCount;

    Start(int callCount) {
      this.callCount = callCount;
    }

    abstract Script of(Script script);
  }

  /// Which of the calls that the expectation's own refer to failed: a read of a file that could not be opened says EBADF, and
  /// its author wants to know why.
  private String failuresBefore(BitSet kept, Start start, Observations observations) {
    BitSet needed = Closure.of(script, ownIndices());
    needed.andNot(ownIndices());
    return needed.stream()
        .map(index -> start.callCount + kept.get(0, index).cardinality())
        .filter(position -> observations.at(position).result() < 0)
        .mapToObj(position ->
            "\nbefore it: r" + position + " is " + Allowed.outcome(observations.at(position)))
        .collect(Collectors.joining());
  }

  private BitSet ownIndices() {
    BitSet own = new BitSet();
    expectation.slots().forEach(slot -> own.set(slot.index()));
    return own;
  }

  private BitSet upToTheLastSlot() {
    BitSet kept = new BitSet();
    kept.set(0, expectation.slots().stream().mapToInt(Slot::index).max().orElse(-1) + 1);
    return Closure.of(script, kept);
  }

  /// Delta debugging by ever smaller runs of calls.
  private BitSet leaveOut(BitSet start) {
    BitSet kept = start;
    for (int chunk = Math.max(1, kept.cardinality() / 2); chunk >= 1; chunk /= 2) {
      for (int from = kept.length() - 1; from >= 0 && hasTime(); from -= chunk) {
        BitSet fewer = (BitSet) kept.clone();
        fewer.clear(Math.max(0, from - chunk + 1), from + 1);
        fewer.or(ownIndices());
        fewer = Closure.of(script, fewer);
        if (fewer.cardinality() < kept.cardinality()
            && deviationOf(fewer, Start.AS_IT_IS).isPresent()) {
          kept = fewer;
        }
      }
    }
    return kept;
  }

  private boolean hasTime() {
    return runs < MAX_RUNS && System.nanoTime() - startNanos < MAX_NANOS;
  }

  private Optional<String> deviationOf(BitSet kept, Start start) {
    runs++;
    Observations observations = runner.run(start.of(script.keeping(kept)));
    List<Observation> own =
        expectation.slots().stream()
            .map(slot -> observations.at(start.callCount + position(kept, slot)))
            .toList();
    Optional<String> deviation = expectation.judge().deviation(own);
    if (deviation.isPresent()) {
      failedBefore = failuresBefore(kept, start, observations);
    }
    return deviation;
  }

  private static int position(BitSet kept, Slot slot) {
    return kept.get(0, slot.index()).cardinality();
  }
}
