package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.RuleResult;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.runner.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The cases that hundreds of mutants can meet within an hour: of each rule the quickest, and more of them as long as
/// they take little.
final class QuickCases {
  private static final double SECONDS_FOR_A_RULE = 0.25;

  private QuickCases() {}

  /// Chooses among the cases that passed.
  ///
  /// @param unharmed what the kit said of a filesystem without a fault
  static Selection of(List<RuleResult> unharmed) {
    return new Selection(
        unharmed.stream().flatMap(rule -> quickest(rule).stream()).toList(), List.of());
  }

  private static List<String> quickest(RuleResult rule) {
    List<CaseResult> passed =
        rule.cases().stream()
            .filter(one -> one.verdict() == Verdict.PASSED)
            .sorted(Comparator.comparingDouble(CaseResult::seconds))
            .toList();
    List<String> chosen = new ArrayList<>();
    double seconds = 0;
    for (CaseResult one : passed) {
      seconds += one.seconds();
      if (chosen.isEmpty() || seconds <= SECONDS_FOR_A_RULE) {
        chosen.add(one.id());
      }
    }
    return chosen;
  }
}
