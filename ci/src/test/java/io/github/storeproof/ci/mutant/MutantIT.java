package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.runner.CaseCatalog;
import io.github.storeproof.conformance.runner.CheckRun;
import io.github.storeproof.conformance.runner.Progress;
import io.github.storeproof.conformance.runner.Selection;
import io.github.storeproof.conformance.subject.RunSettings;
import io.github.storeproof.conformance.subject.Session;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kit kills every mutant by the rule that it is made for, and says why.
class MutantIT {
  @TempDir Path directory;

  static Stream<Mutant> mutants() {
    return Mutants.all().stream();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isKilledByItsRule(Mutant mutant) throws Exception {
    Report report = judge(mutant);
    List<CaseResult> killers =
        report.rules().stream()
            .flatMap(rule -> rule.cases().stream())
            .filter(result -> result.verdict() == Verdict.FAILED)
            .toList();
    assertThat(killers).as("failed cases of %s", mutant).isNotEmpty();
    assertThat(killers)
        .as("what the kit says of %s", mutant)
        .anySatisfy(result -> assertThat(textOf(result)).contains(mutant.message()));
  }

  /// Errors of the kit count neither as failures nor as anything else.
  @Test
  void everyMutantHasANameOfItsOwn() {
    assertThat(Mutants.all()).extracting(Mutant::name).doesNotHaveDuplicates();
  }

  private static String textOf(CaseResult result) {
    return result.mismatch().map(Object::toString).orElse("");
  }

  private Report judge(Mutant mutant) throws Exception {
    Path profile = directory.resolve("mutant.toml");
    Files.writeString(profile, MutantProfile.of(mutant, directory));
    String glob = mutant.rule().contains("/") ? mutant.rule() : mutant.rule() + "/*";
    try (Target target = Targets.of(profile.toString(), false);
        Session session = new Session(target, RunSettings.ofSeed(1))) {
      return new CheckRun(
              RuleBook.bundled(),
              CaseCatalog.bundled(),
              new Selection(List.of(glob), List.of()),
              Progress.NONE)
          .run(session, "test");
    }
  }
}
