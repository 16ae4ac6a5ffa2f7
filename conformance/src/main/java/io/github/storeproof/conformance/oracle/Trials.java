package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Fixture;
import java.util.Optional;

/// Runs a [Trial] on the shared mount, and makes the tree of a failure small: of the fixture the reader gets what the script
/// names, under the same store paths.
public final class Trials {
  private Trials() {}

  /// Runs the trial.
  ///
  /// @throws Mismatch with the smallest script and tree for the first expectation that is not met
  public static void run(Subject subject, Trial trial) {
    Optional<Mismatch> failure = trial.firstMismatch(subject::run);
    if (failure.isPresent()) {
      throw withTree(subject, failure.get());
    }
  }

  private static Mismatch withTree(Subject subject, Mismatch mismatch) {
    Optional<Script> script = mismatch.script();
    if (script.isEmpty()) {
      return mismatch;
    }
    Fixture named = Pruning.to(subject.fixture(), script.get());
    return named.roots().isEmpty() ? mismatch : mismatch.with(named);
  }
}
