package io.github.storeproof.conformance.prober;

import java.util.List;

/// What one thread of [Call.Parallel] saw in its rounds: each different outcome once. Immutable.
///
/// @param distinct the first round, then each round that differed from all before; at most [#MAX_DISTINCT]
/// @param times how many rounds saw each
/// @param unkept rounds that differed when there was no room left
public record ThreadRounds(List<Observations> distinct, List<Integer> times, int unkept) {
  /// How many different outcomes are kept.
  public static final int MAX_DISTINCT = 16;

  /// Copies the lists; refuses an empty one.
  public ThreadRounds {
    distinct = List.copyOf(distinct);
    times = List.copyOf(times);
    if (distinct.isEmpty() || distinct.size() != times.size()) {
      throw new IllegalArgumentException(
          distinct.size()
              + " outcomes seen "
              + times.size()
              + " times, want as many, at least one");
    }
  }

  /// Returns the observations of the first round.
  public Observations first() {
    return distinct.getFirst();
  }

  /// Returns true if every round saw the same.
  public boolean allEqual() {
    return distinct.size() == 1 && unkept == 0;
  }

  /// Returns true if no call failed in any round that was kept.
  public boolean allOk() {
    return distinct.stream().allMatch(Observations::allOk);
  }
}
