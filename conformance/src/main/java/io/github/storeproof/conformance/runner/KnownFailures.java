package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.report.CaseResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a profile says will fail. *Immutable.*
final class KnownFailures {
  private final Map<String, String> reasons;

  /// @param reasons `RULE[/case-glob]` to the reason
  KnownFailures(Map<String, String> reasons) {
    this.reasons = Map.copyOf(reasons);
  }

  /// A pattern that matches no case there is.
  Optional<String> staleIn(List<Case> all) {
    return reasons.keySet().stream()
        .sorted()
        .filter(glob -> all.stream().noneMatch(one -> CaseGlob.matches(glob, one)))
        .findFirst();
  }

  /// The result of a case, seen with what was expected of it.
  CaseResult applyTo(Case one, CaseResult result) {
    return reasons.entrySet().stream()
        .filter(known -> CaseGlob.matches(known.getKey(), one))
        .findFirst()
        .map(known -> result.asKnown(known.getValue()))
        .orElse(result);
  }
}
