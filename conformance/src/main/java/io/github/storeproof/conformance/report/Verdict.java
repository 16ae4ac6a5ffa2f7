package io.github.storeproof.conformance.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// What a case or a rule came to, the one that weighs most first. *Immutable.*
public enum Verdict {
  /// The target did what the rule does not allow.
  FAILED,
  /// The kit could not find out.
  ERROR,
  /// A known failure passed: the list is stale.
  UNEXPECTED_PASS,
  /// It failed, as the profile says it would.
  KNOWN,
  /// The target did what the rule asks.
  PASSED,
  /// It does not apply, and the reason is given.
  SKIPPED,
  /// No case of this kit looks at it.
  UNTESTED;

  /// The word in reports.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What a rule came to whose cases came to these.
  public static Verdict ofRule(Collection<Verdict> cases) {
    return cases.stream().min(Comparator.naturalOrder()).orElse(UNTESTED);
  }
}
