package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.subject.RunSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every mutant before every rule of a mount. `mvn verify -Pfuse,mutants` runs it and leaves `kill-matrix.html` and
/// `kill-matrix.json` in the directory of the system property `storeproof.kill-matrix`. Each mutant has the seconds of
/// `storeproof.kill-matrix.seconds`; what a rule could not say in that time is told as not reached.
class KillMatrix {
  private static final int AT_A_TIME = 2;
  private static final double IMPATIENT = 0.5;
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("storeproof.kill-matrix.seconds", 25));
  private static final RunSettings QUICK =
      new RunSettings(1, OptionalInt.of(1), IMPATIENT, Optional.of(LIMIT), Duration.ZERO);

  @TempDir private Path directory;

  /// What is said of one mutant.
  private record Verdicts(Report all, Report own) {}

  @Test
  void everyMutantIsKilledByARule() throws Exception {
    Path out =
        Files.createDirectories(
            Path.of(System.getProperty("storeproof.kill-matrix", "target/kill-matrix")));
    Kills kills = new Kills();
    try (Judge judge = new Judge(directory);
        ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME)) {
      Map<Mutant, Future<Verdicts>> verdicts = new LinkedHashMap<>();
      MutantIT.mutants()
          .forEach(mutant -> verdicts.put(mutant, workers.submit(() -> ask(judge, mutant))));
      for (var each : verdicts.entrySet()) {
        Verdicts said = answer(each.getKey(), each.getValue());
        kills.add(each.getKey(), said.all(), said.own());
        Files.writeString(out.resolve("kill-matrix.html"), KillsHtml.of(kills));
        Files.writeString(out.resolve("kill-matrix.json"), kills.json().print());
      }
    }
    assertThat(kills.living()).as("mutants that no rule kills").isEmpty();
    assertThat(List.copyOf(kills.rulesThatKillNothing())).as("rules that kill nothing").isEmpty();
  }

  private static Verdicts ask(Judge judge, Mutant mutant) throws Exception {
    return new Verdicts(judge.judged(mutant, QUICK), judge.killed(mutant, 1));
  }

  private static Verdicts answer(Mutant mutant, Future<Verdicts> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the kit could not judge " + mutant, e);
    }
  }
}
