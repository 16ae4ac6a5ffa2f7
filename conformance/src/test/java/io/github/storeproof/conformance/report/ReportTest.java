package io.github.storeproof.conformance.report;

import static io.github.storeproof.conformance.report.Reports.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.rule.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final CaseResult PASSED = result("ATTR-1/a", Level.MUST, Verdict.PASSED);

  @Test
  void aRuleComesToTheWeightiestOfItsCases() {
    assertThat(Verdict.ofRule(List.of(Verdict.PASSED, Verdict.FAILED, Verdict.ERROR)))
        .isEqualTo(Verdict.FAILED);
    assertThat(Verdict.ofRule(List.of(Verdict.PASSED, Verdict.SKIPPED))).isEqualTo(Verdict.PASSED);
    assertThat(Verdict.ofRule(List.of(Verdict.KNOWN, Verdict.PASSED))).isEqualTo(Verdict.KNOWN);
    assertThat(Verdict.ofRule(List.of())).isEqualTo(Verdict.UNTESTED);
  }

  @Test
  void aRunInWhichAllPassedConforms() {
    assertThat(Reports.of(PASSED, result("DIR-1/a", Level.MUST, Verdict.SKIPPED)).exitCode(true))
        .isZero();
  }

  @Test
  void aBrokenMustDoesNotConform() {
    assertThat(Reports.of(PASSED, result("DIR-1/a", Level.MUST, Verdict.FAILED)).exitCode(false))
        .isOne();
  }

  @Test
  void aBrokenShouldCountsInAStrictRunOnly() {
    Report report = Reports.of(PASSED, result("DIR-9/a", Level.SHOULD, Verdict.FAILED));
    assertThat(report.exitCode(false)).isZero();
    assertThat(report.exitCode(true)).isOne();
  }

  @Test
  void aBrokenMayNeverCounts() {
    assertThat(Reports.of(PASSED, result("MODE-4/a", Level.MAY, Verdict.FAILED)).exitCode(true))
        .isZero();
  }

  @Test
  void aKnownFailureConformsAndOneThatPassesDoesNot() {
    assertThat(
            Reports.of(result("DIR-1/a", Level.MUST, Verdict.FAILED).asKnown("bug 7"))
                .exitCode(false))
        .isZero();
    Report unexpected = Reports.of(PASSED.asKnown("bug 7"));
    assertThat(unexpected.exitCode(false)).isOne();
    assertThat(unexpected.cases().findFirst().orElseThrow().reason())
        .contains("passed, but is listed as a known failure: bug 7");
  }

  @Test
  void anErrorIsTheKitsAndABrokenRuleSaysMore() {
    CaseResult error = result("DIR-1/a", Level.MUST, Verdict.ERROR);
    assertThat(Reports.of(PASSED, error).exitCode(false)).isEqualTo(2);
    assertThat(Reports.of(error, result("TYP-1/a", Level.MUST, Verdict.FAILED)).exitCode(false))
        .isOne();
  }

  @Test
  void nothingThatRanIsNeverZero() {
    assertThat(Reports.of().exitCode(false)).isEqualTo(2);
    assertThat(Reports.of(result("DIR-1/a", Level.MUST, Verdict.SKIPPED)).exitCode(false))
        .isEqualTo(2);
  }
}
