package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.report.Report;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kit kills every mutant by the rule that it is made for, and says why. Two mutants are judged at a time; the
/// system property `storeproof.mutants` chooses some by a regular expression over their names.
class MutantIT {
  private static final int AT_A_TIME = 2;
  @TempDir private static Path directory;

  private static final Map<Mutant, Future<Report>> REPORTS = new HashMap<>();
  private static ExecutorService workers;
  private static Judge judge;

  @BeforeAll
  static void beginToJudge() throws Exception {
    judge = new Judge(directory);
    workers = Executors.newFixedThreadPool(AT_A_TIME);
    for (Mutant mutant : mutants().toList()) {
      REPORTS.put(mutant, workers.submit(() -> judge.killed(mutant, 1)));
    }
  }

  @AfterAll
  static void end() {
    workers.shutdownNow();
    workers.close();
    judge.close();
  }

  static Stream<Mutant> mutants() {
    String wanted = System.getProperty("storeproof.mutants", ".*");
    return Mutants.all().stream().filter(mutant -> mutant.name().matches(wanted));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isKilledByItsRule(Mutant mutant) throws Exception {
    Report report = REPORTS.get(mutant).get();
    assertThat(report.cases())
        .as("what the kit says of %s, with '%s' in it", mutant, mutant.message())
        .anyMatch(mutant::isKilledBy);
  }
}
