package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.rule.Rule;
import io.github.storeproof.conformance.rule.RuleBook;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which cases the user wants. *Immutable.*
///
/// @param rules globs of rules or cases, such as `ATTR-*` or `DIR-1/*`; empty for all
/// @param groups groups of rules, such as `DIR`; empty for all
public record Selection(List<String> rules, List<String> groups) {
  public Selection {
    rules = List.copyOf(rules);
    groups = groups.stream().map(group -> group.toUpperCase(Locale.ROOT)).toList();
  }

  /// Every case.
  public static Selection all() {
    return new Selection(List.of(), List.of());
  }

  /// Whether a case is wanted.
  public boolean takes(Case one) {
    boolean inGroup = groups.isEmpty() || groups.contains(Rule.groupOf(one.ruleId()));
    return inGroup
        && (rules.isEmpty() || rules.stream().anyMatch(glob -> CaseGlob.matches(glob, one)));
  }

  /// Whether a rule is in question, be there a case of it or not.
  public boolean asksFor(Rule rule) {
    boolean inGroup = groups.isEmpty() || groups.contains(rule.group());
    return inGroup
        && (rules.isEmpty()
            || rules.stream().anyMatch(glob -> CaseGlob.matchesRule(glob, rule.id())));
  }

  /// A word of the selection that no rule of the book answers to.
  public Optional<String> unknownIn(RuleBook book) {
    Optional<String> group =
        groups.stream()
            .filter(name -> book.rules().stream().noneMatch(rule -> rule.group().equals(name)))
            .findFirst();
    Optional<String> rule =
        rules.stream()
            .filter(glob ->
                book.rules().stream().noneMatch(known -> CaseGlob.matchesRule(glob, known.id())))
            .findFirst();
    return group
        .map(name -> "no group is called '" + name + "'")
        .or(() -> rule.map(glob -> "no rule matches '" + glob + "'"));
  }
}
