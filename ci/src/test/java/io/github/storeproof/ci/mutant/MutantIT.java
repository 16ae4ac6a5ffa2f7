package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

/// The kit kills every mutant by the rule that it is made for, and says why. Three mutants are judged at a time: most of the time one waits.
///
/// System properties: `storeproof.mutants` chooses some by a regular expression over their names;
/// `storeproof.mutants.repeat` judges each so often, with a seed of its own each time, and wants 19 deaths in 20.
class MutantIT {
  private static final int AT_A_TIME = 3;
  private static final int REPEAT = Integer.getInteger("storeproof.mutants.repeat", 1);

  @TempDir private static Path directory;

  private static final Map<Mutant, List<Future<Report>>> REPORTS = new HashMap<>();
  private static ExecutorService workers;
  private static Judge judge;

  @BeforeAll
  static void beginToJudge() throws Exception {
    judge = new Judge(directory);
    workers = Executors.newFixedThreadPool(AT_A_TIME);
    for (Mutant mutant : mutants().toList()) {
      List<Future<Report>> reports = new ArrayList<>();
      for (int i = 1; i <= REPEAT; i++) {
        int seed = i;
        reports.add(workers.submit(() -> judge.killed(mutant, seed)));
      }
      REPORTS.put(mutant, reports);
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
    return Mutants.all().stream()
        // Nothing is mounted for those, see StoreFaultTest.
        .filter(mutant -> !(mutant.target() instanceof Mutant.Store))
        .filter(mutant -> mutant.name().matches(wanted));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isKilledByItsRule(Mutant mutant) throws Exception {
    int deaths = 0;
    Report last = null;
    for (Future<Report> report : REPORTS.get(mutant)) {
      last = report.get();
      deaths += last.cases().anyMatch(mutant::isKilledBy) ? 1 : 0;
    }
    assertThat(deaths * 20)
        .as(
            "deaths of %s in %d runs, with '%s' in what the kit says; in the last run it says %s",
            mutant, REPEAT, mutant.message(), last.cases().toList())
        .isGreaterThanOrEqualTo(REPEAT * 19);
  }
}
