package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.ci.faulty.Faults;
import io.github.storeproof.conformance.json.Json;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.runner.Selection;
import io.github.storeproof.conformance.subject.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every mutant before every rule of a mount. `mvn verify -Pfuse,mutants` runs it and leaves `kill-matrix.html` and
/// `kill-matrix.json` in the directory of the system property `storeproof.kill-matrix`. Of each rule a mutant meets the
/// quick cases, and all of the rule that it is made for. Each mutant has the seconds of `storeproof.kill-matrix.seconds`;
/// what a rule could not say in that time, as of a filesystem that hangs, is told as not reached. With
/// `storeproof.kill-matrix.continue` it goes on with what a run that was broken off has left there.
class KillMatrix {
  private static final int AT_A_TIME = 2;
  private static final double IMPATIENT = 0.5;
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("storeproof.kill-matrix.seconds", 90));
  private static final RunSettings QUICK =
      new RunSettings(1, OptionalInt.of(1), IMPATIENT, Optional.of(LIMIT), Duration.ZERO);
  private static final RunSettings UNHURRIED =
      new RunSettings(1, OptionalInt.of(1), 1, Optional.empty(), Duration.ZERO);
  private static final List<Mutant> UNHARMED =
      List.of(
          Mutant.of("Reference", "ATTR-1", "", UnaryOperator.identity()),
          new Mutant(
              "Stored",
              "ERR-1",
              "",
              new Mutant.Stored(
                  Mutant.Storing.RIGHT, UnaryOperator.identity(), Duration.ofSeconds(2))),
          Mutant.of(Faults.NONE));

  @TempDir private Path directory;

  /// What is said of one mutant.
  private record Verdicts(Report all, Report own) {}

  @Test
  void everyMutantIsKilledByARule() throws Exception {
    Path out =
        Files.createDirectories(
            Path.of(System.getProperty("storeproof.kill-matrix", "target/kill-matrix")));
    Kills kills = new Kills();
    Optional<Json> written = written(out.resolve("kill-matrix.json"));
    try (Judge judge = new Judge(directory);
        ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME)) {
      Map<String, Selection> quick = quickCases(judge, kills);
      Map<Mutant, Future<Verdicts>> verdicts = new LinkedHashMap<>();
      MutantIT.mutants()
          .filter(mutant -> written.isEmpty() || !kills.addWritten(mutant, written.get()))
          .forEach(mutant ->
              verdicts.put(
                  mutant, workers.submit(() -> ask(judge, mutant, quick.get(front(mutant))))));
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

  /// The quick cases by what a mutant is made of, which decides what can be asked of it and how long that takes.
  private static Map<String, Selection> quickCases(Judge judge, Kills kills) throws Exception {
    Map<String, Selection> quick = new HashMap<>();
    for (Mutant unharmed : UNHARMED) {
      Report report = judge.judged(unharmed, UNHURRIED, Selection.all());
      kills.addRules(report);
      quick.put(front(unharmed), QuickCases.of(report.rules()));
    }
    return quick;
  }

  private static Optional<Json> written(Path file) throws IOException {
    return Boolean.getBoolean("storeproof.kill-matrix.continue") && Files.exists(file)
        ? Optional.of(Json.parse(Files.readString(file)))
        : Optional.empty();
  }

  private static String front(Mutant mutant) {
    return switch (mutant.target()) {
      case Mutant.Stored _ -> "a store of the kit's behind the reference";
      case Mutant.Faulty _ -> "the stand-alone filesystem";
      case Mutant.Wrapped _,
          Mutant.Command _,
          Mutant.Shell _,
          Mutant.Own _,
          Mutant.Store _,
          Mutant.Archives _ ->
          "the reference";
    };
  }

  private static Verdicts ask(Judge judge, Mutant mutant, Selection quick) throws Exception {
    return new Verdicts(judge.judged(mutant, QUICK, quick), judge.killed(mutant, 1));
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
