package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.json.Json;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.RuleResult;
import io.github.storeproof.conformance.report.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which rule has killed which mutant. *Confined.*
final class Kills {
  private final Map<Mutant, Map<String, Verdict>> verdicts = new LinkedHashMap<>();
  private final Map<String, String> statements = new LinkedHashMap<>();

  /// Adds the sentences of rules.
  void addRules(Report report) {
    for (RuleResult rule : report.rules()) {
      statements.put(rule.rule().id(), rule.rule().statement());
    }
  }

  /// Adds what all rules, and then its own rule, said of a mutant.
  void add(Mutant mutant, Report all, Report own) {
    addRules(all);
    Map<String, Verdict> row = new LinkedHashMap<>();
    for (RuleResult rule : all.rules()) {
      row.put(rule.rule().id(), rule.verdict());
    }
    if (own.cases().anyMatch(mutant::isKilledBy)) {
      row.put(mutant.ruleId(), Verdict.FAILED);
    }
    verdicts.put(mutant, row);
  }

  /// Adds what an earlier run has written of a mutant, if it has judged this one.
  ///
  /// @param written by [#json]
  /// @return whether it has
  boolean addWritten(Mutant mutant, Json written) {
    for (Json each : ((Json.Arr) ((Json.Obj) written).get("mutants")).items()) {
      Json.Obj of = (Json.Obj) each;
      if (isOf(of, mutant)) {
        Map<String, Verdict> row = new LinkedHashMap<>();
        ((Json.Obj) of.get("verdicts"))
            .members()
            .forEach((rule, verdict) -> row.put(rule, Verdict.valueOf(text(verdict))));
        verdicts.put(mutant, row);
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(Json.Obj written, Mutant mutant) {
    return text(written.get("name")).equals(mutant.name())
        && text(written.get("fault")).equals(mutant.sentence())
        && text(written.get("rule")).equals(mutant.ruleId());
  }

  private static String text(Json json) {
    return ((Json.Str) json).text();
  }

  List<Mutant> mutants() {
    return List.copyOf(verdicts.keySet());
  }

  /// The rules that any mutant met.
  List<String> rules() {
    return statements.keySet().stream()
        .filter(rule -> verdicts.values().stream().anyMatch(row -> isMet(row.get(rule))))
        .toList();
  }

  private static boolean isMet(Verdict verdict) {
    return verdict == Verdict.FAILED || verdict == Verdict.PASSED || verdict == Verdict.ERROR;
  }

  String statement(String rule) {
    return statements.getOrDefault(rule, "");
  }

  Verdict of(String rule, Mutant mutant) {
    return verdicts.get(mutant).getOrDefault(rule, Verdict.UNTESTED);
  }

  List<String> killersOf(Mutant mutant) {
    return rules().stream().filter(rule -> of(rule, mutant) == Verdict.FAILED).toList();
  }

  List<Mutant> killedBy(String rule) {
    return mutants().stream().filter(mutant -> of(rule, mutant) == Verdict.FAILED).toList();
  }

  /// The mutants that would live without the rule.
  List<Mutant> killedByNothingBut(String rule) {
    return killedBy(rule).stream().filter(mutant -> killersOf(mutant).size() == 1).toList();
  }

  List<Mutant> living() {
    return mutants().stream().filter(mutant -> killersOf(mutant).isEmpty()).toList();
  }

  List<String> rulesThatKillNothing() {
    return rules().stream().filter(rule -> killedBy(rule).isEmpty()).toList();
  }

  Json json() {
    return Json.object()
        .put("mutants", Json.arrayOf(mutants(), this::mutant))
        .put("rules", Json.arrayOf(rules(), this::rule))
        .put("living", Json.arrayOf(living(), mutant -> Json.of(mutant.name())))
        .put("rulesThatKillNothing", Json.arrayOf(rulesThatKillNothing(), Json::of))
        .build();
  }

  private Json mutant(Mutant mutant) {
    return Json.object()
        .put("name", mutant.name())
        .put("fault", mutant.sentence())
        .put("rule", mutant.ruleId())
        .put("killedBy", Json.arrayOf(killersOf(mutant), Json::of))
        .put("notReached", Json.arrayOf(notReached(mutant), Json::of))
        .put("verdicts", verdictsOf(mutant))
        .build();
  }

  private Json verdictsOf(Mutant mutant) {
    Json.Builder json = Json.object();
    verdicts.get(mutant).forEach((rule, verdict) -> json.put(rule, verdict.name()));
    return json.build();
  }

  private List<String> notReached(Mutant mutant) {
    return rules().stream().filter(rule -> of(rule, mutant) == Verdict.ERROR).toList();
  }

  private Json rule(String rule) {
    return Json.object()
        .put("id", rule)
        .put("kills", Json.arrayOf(names(killedBy(rule)), Json::of))
        .put("soleKillerOf", Json.arrayOf(names(killedByNothingBut(rule)), Json::of))
        .build();
  }

  static List<String> names(List<Mutant> mutants) {
    return new ArrayList<>(
        mutants.stream().map(Mutant::name).collect(Collectors.toCollection(TreeSet::new)));
  }
}
