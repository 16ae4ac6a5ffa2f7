package io.github.storeproof.conformance;

import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.CommonPath;
import io.github.storeproof.conformance.report.Explanation;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.runner.Case;
import io.github.storeproof.conformance.runner.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Shows a run: one line that is written anew on a terminal, a line for each case elsewhere.
/// Failures are shown in full at once. *Confined.*
final class ConsoleProgress implements Progress {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int COMMON_PATHS = 3;

  private final PrintWriter out;
  private final RuleBook book;
  private final boolean live;
  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
  private int total;
  private int done;

  ConsoleProgress(PrintWriter out, RuleBook book, boolean live) {
    this.out = out;
    this.book = book;
    this.live = live;
  }

  /// Whether a person watches.
  static boolean onTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  @Override
  public void begins(int caseCount) {
    total = caseCount;
    out.println(caseCount + " cases");
    out.flush();
  }

  @Override
  public void starts(Case one) {
    if (live) {
      out.printf("%s[%d/%d] %s  %s", CLEAR_LINE, done + 1, total, counted(), one.id());
      out.flush();
    }
  }

  @Override
  public void ended(CaseResult result) {
    done++;
    counts.merge(result.verdict(), 1, Integer::sum);
    boolean told = tells(result);
    if (live && told) {
      out.print(CLEAR_LINE);
    }
    if (!live || told) {
      out.printf(
          Locale.ROOT,
          "%-8s %s (%.2f s)%s%n",
          result.verdict().word(),
          result.id(),
          result.seconds(),
          reason(result));
      result.mismatch().filter(_ -> told).ifPresent(_ -> out.print(explanation(result).indent(2)));
    }
    out.flush();
  }

  private static boolean tells(CaseResult result) {
    return switch (result.verdict()) {
      case FAILED, ERROR, UNEXPECTED_PASS -> true;
      case PASSED, SKIPPED, KNOWN, UNTESTED -> false;
    };
  }

  private String explanation(CaseResult result) {
    return Explanation.of(book.find(result.ruleId()).orElseThrow(), result);
  }

  private static String reason(CaseResult result) {
    return result.reason().map(text -> ": " + text).orElse("");
  }

  private String counted() {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().word())
        .collect(Collectors.joining(", "));
  }

  @Override
  public void ends() {
    if (live) {
      out.print(CLEAR_LINE);
    }
    out.flush();
  }

  /// The last lines of a run.
  void summary(Report report, Path directory, boolean strict) {
    Map<Verdict, Long> rules = report.rulesByVerdict();
    String counted =
        rules.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + entry.getKey().word())
            .collect(Collectors.joining(", "));
    out.printf(
        Locale.ROOT, "rules: %s in %.1f s%n", counted, report.duration().toMillis() / 1000.0);
    CommonPath.of(report).stream()
        .limit(COMMON_PATHS)
        .forEach(common -> out.println(common.sentence()));
    out.println(conclusion(report.targetName(), report.exitCode(strict)));
    out.println("report: " + directory.resolve("report.html"));
    out.flush();
  }

  private static String conclusion(String target, int exitCode) {
    return switch (exitCode) {
      case 0 -> target + " conforms";
      case 1 -> target + " does not conform";
      default -> target + ": the kit could not judge everything";
    };
  }
}
