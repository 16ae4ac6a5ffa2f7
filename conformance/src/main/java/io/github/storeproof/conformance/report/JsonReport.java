package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.json.Json;
import io.github.storeproof.conformance.oracle.Mismatch;
import java.time.temporal.ChronoUnit;

/// `report.json`: the contract with programs. *Immutable.*
public final class JsonReport {
  private JsonReport() {}

  /// The report as JSON.
  public static Json of(Report report) {
    return Json.object()
        .put(
            "kit",
            Json.object().put("version", report.kitVersion()).put("seed", report.seed()).build())
        .put("target", target(report))
        .put("environment", environment(report.environment()))
        .put("startedAt", report.startedAt().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("durationSeconds", Json.ofSeconds(report.duration().toMillis() / 1000.0))
        .put("summary", summary(report))
        .put("rules", Json.arrayOf(report.rules(), JsonReport::rule))
        .build();
  }

  private static Json target(Report report) {
    Json.Builder features = Json.object();
    report.features().forEach((key, value) -> features.put(key, featureValue(value)));
    return Json.object()
        .put("name", report.targetName())
        .put("kind", report.targetKind())
        .put("features", features.build())
        .build();
  }

  private static Json featureValue(String value) {
    return switch (value) {
      case "true" -> new Json.Bool(true);
      case "false" -> new Json.Bool(false);
      case String word -> Json.of(word);
    };
  }

  private static Json environment(Report.Environment environment) {
    return Json.object()
        .put("kernel", environment.kernel())
        .put("cpus", environment.cpus())
        .put("java", environment.java())
        .build();
  }

  private static Json summary(Report report) {
    var counts = report.rulesByVerdict();
    Json.Builder summary = Json.object();
    for (Verdict verdict :
        new Verdict[] {
          Verdict.PASSED,
          Verdict.FAILED,
          Verdict.SKIPPED,
          Verdict.KNOWN,
          Verdict.UNEXPECTED_PASS,
          Verdict.ERROR
        }) {
      summary.put(
          verdict == Verdict.UNEXPECTED_PASS ? "unexpectedPass" : verdict.word(),
          counts.getOrDefault(verdict, 0L));
    }
    return summary.build();
  }

  private static Json rule(RuleResult result) {
    return Json.object()
        .put("id", result.rule().id())
        .put("level", result.rule().level().word())
        .put("statement", result.rule().statement())
        .put("verdict", result.verdict().word())
        .put("cases", Json.arrayOf(result.cases(), JsonReport::oneCase))
        .build();
  }

  private static Json oneCase(CaseResult one) {
    return Json.object()
        .put("id", one.id())
        .put("verdict", one.verdict().word())
        .put("seconds", Json.ofSeconds(one.seconds()))
        .put("reason", Json.of(one.reason()))
        .put("expected", Json.of(one.mismatch().map(Mismatch::expected)))
        .put("observed", Json.of(one.mismatch().map(Mismatch::observed)))
        .put("repro", Json.of(one.repro()))
        .build();
  }
}
