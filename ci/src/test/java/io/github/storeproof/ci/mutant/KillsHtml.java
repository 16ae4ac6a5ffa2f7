package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.report.Html;
import io.github.storeproof.conformance.report.Verdict;
import java.util.List;

/// The kill matrix for people: one file that needs nothing else, in the look of the kit's reports. *Confined.*
final class KillsHtml {
  private final Kills kills;
  private final Html html = new Html();

  private KillsHtml(Kills kills) {
    this.kills = kills;
  }

  static String of(Kills kills) {
    KillsHtml page = new KillsHtml(kills);
    page.body();
    return Html.page("Storeproof: kill matrix", page.html, "");
  }

  private void body() {
    html.open("header").open("div", "class", "brand").text("Storeproof").close("div");
    html.element("h1", "Kill matrix").close("header").open("main");
    summary();
    list("Mutants that nothing killed", Kills.names(kills.living()));
    list("Rules that killed nothing", kills.rulesThatKillNothing());
    rules();
    mutants();
    html.close("main");
  }

  private void summary() {
    html.open("section", "class", "summary").open("div", "class", "tiles");
    tile("passed", kills.mutants().size() - kills.living().size(), "mutants killed");
    tile("failed", kills.living().size(), "mutants alive");
    tile("passed", kills.rules().size(), "rules met");
    tile("skipped", kills.rulesThatKillNothing().size(), "rules killed nothing");
    html.close("div").close("section");
  }

  private void tile(String kind, int count, String what) {
    html.open("div", "class", "tile " + kind);
    html.element("b", String.valueOf(count)).element("span", what).close("div");
  }

  private void list(String title, List<String> names) {
    html.open("section").element("h2", title + " (" + names.size() + ")");
    html.element("p", names.isEmpty() ? "None." : String.join(", ", names)).close("section");
  }

  private void rules() {
    html.open("section").element("h2", "Rules").open("table").open("thead").open("tr");
    html.element("th", "Rule").element("th", "Kills").element("th", "Each mutant");
    html.element("th", "Sole killer of").close("tr").close("thead").open("tbody");
    for (String rule : kills.rules()) {
      html.open("tr", "id", rule);
      html.open("td", "title", kills.statement(rule)).element("code", rule).close("td");
      html.element("td", String.valueOf(kills.killedBy(rule).size()));
      html.open("td").open("span", "class", "cells");
      kills.mutants().forEach(mutant -> cell(rule, mutant));
      html.close("span").close("td");
      html.element("td", String.join(", ", Kills.names(kills.killedByNothingBut(rule))));
      html.close("tr");
    }
    html.close("tbody").close("table").close("section");
  }

  /// A rule that fails does its work: it is shown as what has passed.
  private void cell(String rule, Mutant mutant) {
    Verdict verdict = kills.of(rule, mutant);
    String kind =
        switch (verdict) {
          case FAILED -> "passed";
          case ERROR -> "error";
          case PASSED, SKIPPED, KNOWN, UNEXPECTED_PASS, UNTESTED -> "untested";
        };
    String said = verdict == Verdict.FAILED ? "killed" : verdict.word();
    html.link("#" + mutant.name(), "", "class", "cell " + kind, "title", mutant + ": " + said);
  }

  private void mutants() {
    html.open("section").element("h2", "Mutants").open("table").open("thead").open("tr");
    html.element("th", "Mutant").element("th", "Fault").element("th", "Made for");
    html.element("th", "Killed by").close("tr").close("thead").open("tbody");
    for (Mutant mutant : kills.mutants()) {
      html.open("tr", "id", mutant.name());
      html.open("td").element("code", mutant.name()).close("td");
      html.element("td", mutant.sentence());
      html.open("td").link("#" + mutant.ruleId(), mutant.ruleId()).close("td").open("td");
      kills.killersOf(mutant).forEach(rule -> html.link("#" + rule, rule).text(" "));
      html.close("td").close("tr");
    }
    html.close("tbody").close("table").close("section");
  }
}
