package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.ci.faulty.Faults;
import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.subject.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a fault does means something only because the filesystem without it is right.
class FaultyIT {
  private static final RunSettings FEW_TRIES =
      new RunSettings(1, OptionalInt.of(1), 2, Optional.empty(), Duration.ofSeconds(1));

  /// What is wrong with what it is built on, and why.
  private static final Map<String, String> KNOWN =
      Map.of(
          "LIF-4/a-mount-point-that-is-a-file-is-refused",
          "libfuse 2 mounts over a file",
          "HND-4/memory-of-the-server-is-given-back-by-forget",
          "what libfuse calls from threads of its own costs jnr-fuse memory that it does not get back");

  @TempDir private Path directory;

  @Test
  void withoutAFaultItConforms() throws Exception {
    try (Judge judge = new Judge(directory)) {
      Report report = judge.judged(Mutant.of(Faults.NONE.apart()), FEW_TRIES);
      List<CaseResult> wrong =
          report
              .cases()
              .filter(one -> one.verdict() != Verdict.PASSED && one.verdict() != Verdict.SKIPPED)
              .filter(one -> !KNOWN.containsKey(one.id()))
              .toList();
      assertThat(wrong).isEmpty();
    }
  }
}
