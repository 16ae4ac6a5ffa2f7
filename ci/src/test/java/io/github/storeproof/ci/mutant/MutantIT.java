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
/// `storeproof.mutants.repeat` judges each so often, with a seed of its own each time. 19 deaths in 20 runs are wanted.
class MutantIT {
  private static final int AT_A_TIME = 3;
  private static final int MOST_RUNS = 20;
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
        reports.add(judge(mutant, i));
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

  /// A fault of luck may live through a run; then it is given the rest of 20.
  @ParameterizedTest
  @MethodSource("mutants")
  void isKilledByItsRule(Mutant mutant) throws Exception {
    List<Future<Report>> reports = new ArrayList<>(REPORTS.get(mutant));
    if (lives(mutant, reports) > 0) {
      for (int seed = reports.size() + 1; seed <= MOST_RUNS; seed++) {
        reports.add(judge(mutant, seed));
      }
    }
    assertThat(lives(mutant, reports) * MOST_RUNS)
        .as(
            "lives of %s in %d runs, without '%s' in what the kit says; in the first run it says %s",
            mutant, reports.size(), mutant.message(), reports.getFirst().get().cases().toList())
        .isLessThanOrEqualTo(reports.size());
  }

  private static int lives(Mutant mutant, List<Future<Report>> reports) throws Exception {
    int lives = 0;
    for (Future<Report> report : reports) {
      lives += report.get().cases().anyMatch(mutant::isKilledBy) ? 0 : 1;
    }
    return lives;
  }

  private static Future<Report> judge(Mutant mutant, int seed) {
    return workers.submit(() -> judge.killed(mutant, seed));
  }
}
