package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.ci.faulty.Faults;
import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.runner.Selection;
import io.github.storeproof.conformance.subject.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a fault does means something only because the filesystem without it is right.
class FaultyIT {
  private static final RunSettings FEW_TRIES =
      new RunSettings(1, OptionalInt.of(1), 2, Optional.empty(), Duration.ofSeconds(1));

  @TempDir private Path directory;

  @Test
  void withoutAFaultItConforms() throws Exception {
    try (Judge judge = new Judge(directory)) {
      Report report = judge.judged(Mutant.of(Faults.NONE), FEW_TRIES, Selection.all());
      List<CaseResult> wrong =
          report
              .cases()
              .filter(one -> one.verdict() != Verdict.PASSED && one.verdict() != Verdict.SKIPPED)
              .toList();
      assertThat(wrong).isEmpty();
    }
  }
}
