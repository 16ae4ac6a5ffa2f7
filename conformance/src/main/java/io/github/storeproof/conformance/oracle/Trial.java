package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A script together with what its calls must answer. *Confined.*
///
/// The calls are made through [#calls()], expectations are added by [#want]; [#run] runs it all and throws a [Mismatch] with
/// the smallest script for the first expectation that is not met.
public final class Trial {
  private final Script.Builder calls;
  private final List<Expectation> expectations = new ArrayList<>();

  /// A trial of a script of its own.
  public Trial() {
    this(Script.builder());
  }

  private Trial(Script.Builder calls) {
    this.calls = calls;
  }

  /// A trial of calls inside another script, such as those of one thread; [#firstDeviation] judges what they answered.
  public static Trial within(Script.Builder calls) {
    return new Trial(calls);
  }

  /// Runs a script on the mount that is tried.
  @FunctionalInterface
  public interface Runner {
    /// Makes the calls and returns what they answered.
    Observations run(Script script);
  }

  /// Where the calls are made.
  public Script.Builder calls() {
    return calls;
  }

  /// Adds what a call must answer, and returns its slot.
  public Slot want(Slot slot, Allowed allowed) {
    expectations.add(Expectation.of(slot, allowed));
    return slot;
  }

  /// Adds what a call must answer because others were made before it: a smaller script keeps those.
  public void want(List<Slot> before, Slot slot, Allowed allowed) {
    List<Slot> all = new ArrayList<>(before);
    all.add(slot);
    want(
        allowed.words(),
        all,
        observed ->
            allowed.holds().test(observed.getLast())
                ? Optional.empty()
                : Optional.of(allowed.seen().apply(observed.getLast())));
  }

  /// Adds what must hold between the answers of several calls.
  ///
  /// @param words what is allowed, as it stands in a failure
  /// @param judge what is wrong with the answers, in the order of the slots; empty when nothing is
  public void want(String words, List<Slot> slots, Expectation.Judge judge) {
    expectations.add(new Expectation(slots, words, judge));
  }

  /// Adds what must hold for one answer, where the words for a wrong one are computed.
  public void want(Slot slot, String words, Function<Observation, Optional<String>> deviation) {
    want(words, List.of(slot), observed -> deviation.apply(observed.getFirst()));
  }

  /// Whether no call is made.
  public boolean isEmpty() {
    return calls.build().calls().isEmpty();
  }

  /// Whether nothing is expected of the calls.
  public boolean expectsNothing() {
    return expectations.isEmpty();
  }

  /// Runs the script and checks every expectation.
  ///
  /// @throws Mismatch for the first that is not met, with the smallest script that shows it
  public void run(Runner runner) {
    firstMismatch(runner)
        .ifPresent(mismatch -> {
          throw mismatch;
        });
  }

  /// Runs a script that cannot be repeated, because it leaves the mount in another state: the mismatch has the whole script.
  ///
  /// @throws Mismatch for the first expectation that is not met
  public void runOnce(Runner runner) {
    Script script = calls.build();
    Observations observations = runner.run(script);
    for (Expectation expectation : expectations) {
      Optional<String> deviation = deviation(expectation, observations);
      if (deviation.isPresent()) {
        throw new Mismatch(expectation.words(), deviation.get()).with(script);
      }
    }
  }

  /// The same as [#run], with the mismatch as a value.
  public Optional<Mismatch> firstMismatch(Runner runner) {
    if (expectations.isEmpty()) {
      throw new IllegalStateException("a trial without expectations cannot fail");
    }
    Script script = calls.build();
    Observations observations = runner.run(script);
    for (Expectation expectation : expectations) {
      Optional<String> deviation = deviation(expectation, observations);
      if (deviation.isPresent()) {
        return Optional.of(
            ScriptShrinker.smallest(script, expectation, observations, deviation.get(), runner));
      }
    }
    return Optional.empty();
  }

  /// What is wrong with some answers to the script, together with what was wanted; empty when nothing is.
  public Optional<String> firstDeviation(Observations observations) {
    return expectations.stream()
        .flatMap(expectation ->
            deviation(expectation, observations)
                .map(seen -> seen + ", want " + expectation.words())
                .stream())
        .findFirst();
  }

  private static Optional<String> deviation(Expectation expectation, Observations observations) {
    return expectation
        .judge()
        .deviation(expectation.slots().stream().map(observations::at).toList());
  }
}
