package io.github.storeproof.conformance.runner;

import java.util.Locale;
import java.util.regex.Pattern;

/// Patterns with `*` and `?` over case ids. A pattern without `/` means all cases of the rules that
/// it matches. *Immutable.*
final class CaseGlob {
  private CaseGlob() {}

  static boolean matches(String glob, Case one) {
    int slash = glob.indexOf('/');
    if (slash < 0) {
      return matchesRule(glob, one.ruleId());
    }
    return matchesRule(glob, one.ruleId())
        && matches(glob.substring(slash + 1), one.id().substring(one.ruleId().length() + 1));
  }

  /// Whether the part before the `/` matches a rule.
  static boolean matchesRule(String glob, String ruleId) {
    int slash = glob.indexOf('/');
    return matches((slash < 0 ? glob : glob.substring(0, slash)).toUpperCase(Locale.ROOT), ruleId);
  }

  private static boolean matches(String glob, String text) {
    StringBuilder regex = new StringBuilder();
    for (char c : glob.toCharArray()) {
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return text.matches(regex.toString());
  }
}
