package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.subject.Subject;

/// Runs a [Trial] on the shared mount.
public final class Trials {
  private Trials() {}

  /// Runs the trial.
  ///
  /// @throws Mismatch with the smallest script for the first expectation that is not met
  public static void run(Subject subject, Trial trial) {
    trial.run(subject::run);
  }
}
