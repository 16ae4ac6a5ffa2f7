package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.model.StorePath;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A store path that is all it takes to show the failures of several rules: a filesystem that cannot hold one name fails
/// many rules by it, and its author wants to mend one thing. *Immutable.*
///
/// @param path the store path
/// @param cases the cases that failed by it, in the order of the book
/// @param rules their rules, each once
public record CommonPath(StorePath path, List<String> cases, List<String> rules) {
  private static final int FEWEST_RULES = 3;
  private static final int RULES_SHOWN = 12;

  /// Those of a report, the one with most cases first.
  public static List<CommonPath> of(Report report) {
    Map<StorePath, List<String>> cases =
        report
            .failures()
            .filter(one -> onlyPath(one).isPresent())
            .collect(
                Collectors.groupingBy(
                    one -> onlyPath(one).orElseThrow(),
                    TreeMap::new,
                    Collectors.mapping(CaseResult::id, Collectors.toList())));
    return cases.entrySet().stream()
        .map(entry -> new CommonPath(entry.getKey(), entry.getValue(), rulesOf(entry.getValue())))
        .filter(common -> common.rules().size() >= FEWEST_RULES)
        .sorted(Comparator.comparingInt((CommonPath common) -> common.cases().size()).reversed())
        .toList();
  }

  private static Optional<StorePath> onlyPath(CaseResult result) {
    return result
        .mismatch()
        .flatMap(Mismatch::fixture)
        .map(Fixture::roots)
        .filter(roots -> roots.size() == 1)
        .map(roots -> roots.firstKey());
  }

  private static List<String> rulesOf(List<String> cases) {
    return cases.stream().map(id -> id.substring(0, id.indexOf('/'))).distinct().toList();
  }

  /// The sentence for a person.
  public String sentence() {
    String shown = rules.stream().limit(RULES_SHOWN).collect(Collectors.joining(", "));
    String more = rules.size() > RULES_SHOWN ? ", …" : "";
    return "%d failures of %d rules take nothing but %s (%s%s): they may have one cause."
        .formatted(cases.size(), rules.size(), path, shown, more);
  }
}
