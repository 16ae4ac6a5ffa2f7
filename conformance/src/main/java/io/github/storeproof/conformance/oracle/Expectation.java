package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import java.util.List;
import java.util.Optional;

/// What some calls of a script must answer, alone or in relation to each other. *Immutable.*
///
/// @param slots the calls that it looks at
/// @param words the whole set of allowed answers
/// @param judge what is wrong with the answers of those calls, in the order of `slots`; empty when nothing is
public record Expectation(List<Slot> slots, String words, Judge judge) {
  public Expectation {
    slots = List.copyOf(slots);
  }

  /// Looks at the answers of some calls.
  @FunctionalInterface
  public interface Judge {
    /// What is wrong with them; empty when nothing is.
    Optional<String> deviation(List<Observation> observed);
  }

  /// An expectation on one call.
  public static Expectation of(Slot slot, Allowed allowed) {
    return new Expectation(
        List.of(slot),
        allowed.words(),
        observed ->
            allowed.holds().test(observed.getFirst())
                ? Optional.empty()
                : Optional.of(allowed.seen().apply(observed.getFirst())));
  }
}
