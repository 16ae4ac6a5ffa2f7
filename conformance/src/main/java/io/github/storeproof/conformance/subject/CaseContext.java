package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.target.Features;
import java.time.Duration;
import java.util.Random;

/// What a case knows of its run, whatever is under test. *Confined* to its case.
public interface CaseContext {
  /// What the target claims.
  Features features();

  /// The seed of the run.
  long seed();

  /// Random numbers that depend on the seed of the run and on the name of the case only.
  Random random();

  /// How often a property is tried: the user's number of tries, or `byDefault`.
  int tries(int byDefault);

  /// The longest time for one script or call.
  Duration deadline();

  /// A longer time, where a script has much to do: that of a patient user times the patience of the
  /// run.
  Duration patiently(Duration usual);

  /// Whether there is time left to make a failure smaller. A target with many faults must not cost its user minutes: each
  /// case has a few seconds, and so has the run.
  boolean mayShrink();

  /// Ends the case as skipped.
  ///
  /// @param reason why, as a sentence
  void skip(String reason);
}
