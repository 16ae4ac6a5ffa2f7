package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.rule.Level;
import java.util.Optional;

/// What one case came to. *Immutable.*
///
/// @param id the rule and the name, such as `ATTR-1/size-of-files`
/// @param level how binding the case is: that of its rule, or SHOULD
/// @param verdict what it came to
/// @param seconds how long it took
/// @param reason why it was skipped, is known or could not be done; empty when there is nothing to
///   say
/// @param mismatch what the target did, when it did something wrong
/// @param repro the directory of its reproduction, relative to the report; empty when there is none
public record CaseResult(
    String id,
    Level level,
    Verdict verdict,
    double seconds,
    Optional<String> reason,
    Optional<Mismatch> mismatch,
    Optional<String> repro) {

  /// The id of its rule.
  public String ruleId() {
    return id.substring(0, id.indexOf('/'));
  }

  /// The name without the rule.
  public String name() {
    return id.substring(id.indexOf('/') + 1);
  }

  /// The same with a reproduction.
  public CaseResult withRepro(String directory) {
    return new CaseResult(id, level, verdict, seconds, reason, mismatch, Optional.of(directory));
  }

  /// The same as a known failure: it was expected to fail, for a reason.
  public CaseResult asKnown(String why) {
    Verdict known =
        switch (verdict) {
          case FAILED -> Verdict.KNOWN;
          case PASSED -> Verdict.UNEXPECTED_PASS;
          case ERROR, SKIPPED, KNOWN, UNEXPECTED_PASS, UNTESTED -> verdict;
        };
    if (known == verdict) {
      return this;
    }
    String text = known == Verdict.KNOWN ? why : "passed, but is listed as a known failure: " + why;
    return new CaseResult(id, level, known, seconds, Optional.of(text), mismatch, repro);
  }
}
