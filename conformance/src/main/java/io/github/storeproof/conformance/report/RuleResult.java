package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.rule.Rule;
import java.util.List;

/// What a rule came to. *Immutable.*
///
/// @param rule the rule
/// @param cases its cases, in the order in which they ran; empty when none was there or chosen
public record RuleResult(Rule rule, List<CaseResult> cases) {
  public RuleResult {
    cases = List.copyOf(cases);
  }

  /// What its cases come to together.
  public Verdict verdict() {
    return Verdict.ofRule(cases.stream().map(CaseResult::verdict).toList());
  }
}
