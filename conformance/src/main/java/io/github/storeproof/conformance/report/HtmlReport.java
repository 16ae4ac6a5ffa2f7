package io.github.storeproof.conformance.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// `report.html`: the report for people, one file that needs nothing else. *Confined.*
public final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

  private final Report report;
  private final boolean strict;
  private final Html html = new Html();

  private HtmlReport(Report report, boolean strict) {
    this.report = report;
    this.strict = strict;
  }

  /// The report as HTML.
  ///
  /// @param strict whether a SHOULD counts as a MUST
  public static String of(Report report, boolean strict) {
    HtmlReport page = new HtmlReport(report, strict);
    page.body();
    return Html.page("Storeproof: " + report.targetName(), page.html, "");
  }

  private void body() {
    header();
    html.open("main");
    summary();
    groups();
    section(
        "Broken rules",
        Verdict.FAILED,
        "What the target did that no rule allows, with all that is needed to see it again.");
    section("Errors", Verdict.ERROR, "The kit could not find out.");
    section(
        "Unexpectedly passed",
        Verdict.UNEXPECTED_PASS,
        "Listed as known failures, and passed: the list is stale.");
    section("Known failures", Verdict.KNOWN, "They failed, as the profile says they would.");
    skipped();
    folded("Passed", Verdict.PASSED);
    folded("Not tested by this kit", Verdict.UNTESTED);
    features();
    html.close("main");
    html.element(
        "footer",
        "Storeproof "
            + report.kitVersion()
            + " · report.json beside this file has the same for programs");
  }

  private void header() {
    html.open("header").open("div", "class", "brand").text("Storeproof").close("div");
    html.element("h1", report.targetName());
    String state = state();
    html.element("p", sentence(state), "class", "verdict " + state);
    Report.Environment machine = report.environment();
    html.open("p", "class", "facts");
    for (String fact :
        List.of(
            report.startedAt().atOffset(ZoneOffset.UTC).format(TIME),
            "took " + String.format(Locale.ROOT, "%.1f s", report.duration().toMillis() / 1000.0),
            "seed " + report.seed(),
            machine.kernel(),
            machine.cpus() + " processors",
            "Java " + machine.java(),
            "kit " + report.kitVersion())) {
      html.element("span", fact);
    }
    html.close("p").close("header");
  }

  private String state() {
    return switch (report.exitCode(strict)) {
      case 0 -> "passed";
      case 1 -> "failed";
      default -> "error";
    };
  }

  private String sentence(String state) {
    return switch (state) {
      case "passed" -> "conforms";
      case "failed" -> "does not conform";
      default -> "could not be judged completely";
    };
  }

  private void summary() {
    Map<Verdict, Long> counts = report.rulesByVerdict();
    html.open("section", "class", "summary");
    html.open("div", "class", "tiles");
    counts.forEach((verdict, count) -> {
      if (count > 0) {
        html.open("div", "class", "tile " + verdict.word());
        html.element("b", String.valueOf(count))
            .element("span", verdict.word().replace('-', ' '))
            .close("div");
      }
    });
    html.close("div");
    html.open("div", "class", "bar", "role", "img", "aria-label", "share of each verdict");
    counts.forEach((verdict, count) -> {
      if (count > 0) {
        html.open(
                "i",
                "class",
                verdict.word(),
                "style",
                "flex-grow:" + count,
                "title",
                count + " " + verdict.word())
            .close("i");
      }
    });
    html.close("div");
    html.element(
        "p",
        "%d rules, %d cases: %d passed, %d skipped."
            .formatted(
                report.rules().size(),
                report.cases().count(),
                report.caseCount(Verdict.PASSED),
                report.caseCount(Verdict.SKIPPED)),
        "class",
        "quiet");
    CommonPath.of(report).forEach(common -> html.element("p", common.sentence()));
    html.close("section");
  }

  private void groups() {
    html.open("section").element("h2", "Rules by group").open("div", "class", "groups");
    Map<String, List<RuleResult>> byGroup =
        report.rules().stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.rule().group(), LinkedHashMap::new, Collectors.toList()));
    byGroup.forEach((group, results) -> {
      html.open("div", "class", "group")
          .element("span", group, "class", "name")
          .open("span", "class", "cells");
      results.forEach(result -> cell(result));
      html.close("span").close("div");
    });
    html.close("div").close("section");
  }

  private void cell(RuleResult result) {
    String id = result.rule().id();
    html.link(
        "#" + id,
        id.substring(id.lastIndexOf('-') + 1),
        "class",
        "cell " + result.verdict().word(),
        "title",
        id + " " + result.verdict().word() + ": " + result.rule().statement());
  }

  private List<RuleResult> with(Verdict verdict) {
    return report.rules().stream().filter(result -> result.verdict() == verdict).toList();
  }

  private void section(String title, Verdict verdict, String lead) {
    List<RuleResult> results = with(verdict);
    if (!results.isEmpty()) {
      html.open("section")
          .element("h2", title + " (" + results.size() + ")")
          .element("p", lead, "class", "quiet");
      results.forEach(result -> new HtmlRule(html, result, report.seed()).article());
      html.close("section");
    }
  }

  private void skipped() {
    List<RuleResult> results = with(Verdict.SKIPPED);
    if (results.isEmpty()) {
      return;
    }
    html.open("section").element("h2", "Skipped (" + results.size() + ")");
    html.open("table").open("thead").open("tr");
    html.element("th", "Rule").element("th", "What it asks").element("th", "Why it was skipped");
    html.close("tr").close("thead").open("tbody");
    for (RuleResult result : results) {
      html.open("tr", "id", result.rule().id())
          .open("td")
          .element("code", result.rule().id())
          .close("td");
      html.element("td", result.rule().statement());
      html.element(
          "td",
          result.cases().stream()
              .flatMap(c -> c.reason().stream())
              .distinct()
              .collect(Collectors.joining("; ")));
      html.close("tr");
    }
    html.close("tbody").close("table").close("section");
  }

  private void folded(String title, Verdict verdict) {
    List<RuleResult> results = with(verdict);
    if (results.isEmpty()) {
      return;
    }
    html.open("section")
        .open("details")
        .open("summary")
        .element("h2", title + " (" + results.size() + ")")
        .close("summary");
    html.open("table").open("tbody");
    for (RuleResult result : results) {
      html.open("tr", "id", result.rule().id())
          .open("td")
          .element("code", result.rule().id())
          .close("td");
      html.open("td").text(result.rule().statement());
      for (CaseResult one : result.cases()) {
        html.open("div", "class", "case").text(one.name() + " · " + one.verdict().word() + " · ");
        html.text(String.format(Locale.ROOT, "%.2f s", one.seconds()));
        html.text(one.reason().map(text -> " · " + text).orElse("")).close("div");
      }
      html.close("td").close("tr");
    }
    html.close("tbody").close("table").close("details").close("section");
  }

  private void features() {
    if (report.features().isEmpty()) {
      return;
    }
    html.open("section").element("h2", "What the target claims").open("p", "class", "facts");
    report.features().forEach((key, value) -> html.element("span", key + " = " + value));
    html.close("p").close("section");
  }
}
