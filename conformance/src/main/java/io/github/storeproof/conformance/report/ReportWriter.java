package io.github.storeproof.conformance.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes the files of a report. *Immutable.*
public final class ReportWriter {
  private ReportWriter() {}

  /// Writes `report.json`, `junit.xml`, `report.html` and `repro/` into a directory. Reproductions
  /// of an earlier run are removed first.
  ///
  /// @param strict whether a SHOULD counts as a MUST
  /// @return the report with the places of its reproductions
  public static Report write(Report report, Path directory, boolean strict) throws IOException {
    ReproWriter repros = new ReproWriter(directory, report);
    repros.removeOld();
    List<RuleResult> rules = new ArrayList<>();
    for (RuleResult rule : report.rules()) {
      List<CaseResult> cases = new ArrayList<>();
      for (CaseResult one : rule.cases()) {
        cases.add(repros.write(rule.rule(), one));
      }
      rules.add(new RuleResult(rule.rule(), cases));
    }
    Report written = report.withRules(rules);
    Files.writeString(directory.resolve("report.json"), JsonReport.of(written).print());
    Files.writeString(directory.resolve("junit.xml"), JunitXml.of(written));
    Files.writeString(directory.resolve("report.html"), HtmlReport.of(written, strict));
    return written;
  }
}
