package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.rule.Rule;

/// All that is known of a broken rule, as plain text. *Immutable.*
public final class Explanation {
  private Explanation() {}

  /// The rule and its sentence, what was expected and seen, the smallest script and tree, and what usually causes it.
  public static String of(Rule rule, CaseResult result) {
    StringBuilder text = new StringBuilder();
    text.append("rule %s (%s): %s\n".formatted(rule.id(), result.level().word(), rule.statement()));
    result.mismatch().ifPresent(mismatch -> text.append(ofMismatch(mismatch)));
    text.append("usually:  ").append(String.join("; or ", rule.causes())).append(".\n");
    return text.toString();
  }

  private static String ofMismatch(Mismatch mismatch) {
    String tree =
        mismatch
            .fixture()
            .map(fixture -> "tree:\n  " + TreeText.of(fixture).indent(2).strip() + "\n")
            .orElse("");
    return mismatch + tree;
  }
}
