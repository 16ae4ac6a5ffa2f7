package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.runner.Case;
import io.github.storeproof.conformance.runner.CaseCatalog;
import io.github.storeproof.conformance.runner.CheckRun;
import io.github.storeproof.conformance.runner.Progress;
import io.github.storeproof.conformance.runner.Selection;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MutantsTest {
  private static final int LEAST = 150;

  /// Rules that have cases and no mutant. Each line is a claim that is checked both ways.
  private static final Set<String> WAIVED = Set.of();

  @Test
  void everyMutantHasANameOfItsOwn() {
    assertThat(Mutants.all()).extracting(Mutant::name).doesNotHaveDuplicates();
  }

  @Test
  void thereAreEnough() {
    assertThat(Mutants.all()).hasSizeGreaterThanOrEqualTo(LEAST);
  }

  @Test
  void everyRuleWithACaseHasAMutant() throws Exception {
    Set<String> rules = new TreeSet<>();
    cases().forEach(one -> rules.add(one.ruleId()));
    Mutants.all().forEach(mutant -> rules.remove(mutant.ruleId()));
    assertThat(rules).as("rules with cases and without a mutant").isEqualTo(new TreeSet<>(WAIVED));
  }

  @Test
  void everyMutantHasCasesThatJudgeIt() throws Exception {
    List<Case> cases = cases();
    assertThat(Mutants.all())
        .allSatisfy(mutant -> {
          Selection selection = new Selection(List.of(mutant.cases()), List.of());
          assertThat(cases).as(mutant.toString()).anyMatch(selection::takes);
        });
  }

  private static List<Case> cases() throws CheckRun.CannotRun {
    return new CheckRun(RuleBook.bundled(), CaseCatalog.bundled(), Selection.all(), Progress.NONE)
        .list();
  }

  /// What `storeproof explain` prints. The kit knows nothing of this module, so it has a list of its own.
  @Test
  void theKitListsThem() throws Exception {
    RuleBook book = RuleBook.bundled();
    String wanted =
        Mutants.all().stream()
            .sorted(Comparator.comparingInt((Mutant mutant) -> book.position(mutant.ruleId())))
            .map(mutant -> mutant.ruleId() + ": " + mutant.sentence() + "\n")
            .collect(Collectors.joining());
    Path right = Files.createDirectories(Path.of("target")).resolve("mutants.txt");
    Files.writeString(right, wanted);
    try (InputStream listed = RuleBook.class.getResourceAsStream("/rules/mutants.txt")) {
      assertThat(new String(listed.readAllBytes(), StandardCharsets.UTF_8))
          .as("rules/mutants.txt among the resources of conformance; what is right is in %s", right)
          .isEqualTo(wanted);
    }
  }
}
