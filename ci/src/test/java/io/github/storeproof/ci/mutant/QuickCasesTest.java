package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.RuleResult;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.rule.Level;
import io.github.storeproof.conformance.rule.RuleBook;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuickCasesTest {
  @Test
  void theQuickestOfARuleAreTakenAsLongAsTheyTakeLittle() {
    assertThat(chosen(passed("slow", 5), passed("second", 0.15), passed("first", 0.05)))
        .containsExactly("DIR-1/first", "DIR-1/second");
  }

  @Test
  void aRuleOfSlowCasesKeepsItsQuickest() {
    assertThat(chosen(passed("slow", 5), passed("slower", 6))).containsExactly("DIR-1/slow");
  }

  @Test
  void whatDidNotPassIsNotTaken() {
    assertThat(chosen(result("skipped", Verdict.SKIPPED, 0), passed("run", 1)))
        .containsExactly("DIR-1/run");
  }

  private static List<String> chosen(CaseResult... cases) {
    RuleResult rule =
        new RuleResult(RuleBook.bundled().find("DIR-1").orElseThrow(), List.of(cases));
    return QuickCases.of(List.of(rule)).rules();
  }

  private static CaseResult passed(String name, double seconds) {
    return result(name, Verdict.PASSED, seconds);
  }

  private static CaseResult result(String name, Verdict verdict, double seconds) {
    return new CaseResult(
        "DIR-1/" + name,
        Level.MUST,
        verdict,
        seconds,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
