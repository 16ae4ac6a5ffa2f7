package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import java.util.Optional;

/// Runs a [Trial] on the shared mount, and makes the tree of a failure small: the nodes that the script names are shown
/// alone on a mount of their own, and where the script fails there too, they are what the reader gets.
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
    return firstTree(named).map(mismatch::with).orElse(mismatch);
  }

  private static Optional<Tree> firstTree(Fixture fixture) {
    return fixture.roots().values().stream().findFirst();
  }
}
