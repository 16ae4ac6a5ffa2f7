package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.target.ArchiveCopies;
import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.fixtures.RawBytes;
import java.time.Duration;
import java.util.Random;
import java.util.SortedMap;

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

  /// Has the target read archives, see [NeedsArchiveReader]. A command that does not end is a
  /// [io.github.storeproof.conformance.oracle.Mismatch].
  ///
  /// @param archives by their names, which end in `.nar`
  ArchiveCopies copyArchives(SortedMap<String, RawBytes> archives);

  /// Ends the case as skipped.
  ///
  /// @param reason why, as a sentence
  void skip(String reason);
}
