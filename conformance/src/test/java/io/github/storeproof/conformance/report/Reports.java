package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.rule.Level;
import io.github.storeproof.conformance.rule.Rule;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.PathComponent;
import io.github.storeproof.model.SymlinkTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reports for tests: over the real rule book, with a case of every kind.
public final class Reports {
  private static final RuleBook BOOK = RuleBook.bundled();

  private Reports() {}

  /// A report in which everything happens.
  public static Report mixed() {
    List<RuleResult> rules = new ArrayList<>();
    for (Rule rule : BOOK.rules()) {
      rules.add(new RuleResult(rule, casesOf(rule)));
    }
    return report(rules);
  }

  /// A report of these cases.
  public static Report of(CaseResult... cases) {
    List<RuleResult> rules = new ArrayList<>();
    for (CaseResult one : cases) {
      rules.add(new RuleResult(BOOK.find(one.ruleId()).orElseThrow(), List.of(one)));
    }
    return report(rules);
  }

  /// A case that came to a verdict.
  public static CaseResult result(String id, Level level, Verdict verdict) {
    Optional<Mismatch> mismatch =
        verdict == Verdict.FAILED || verdict == Verdict.KNOWN
            ? Optional.of(mismatch())
            : Optional.empty();
    Optional<String> reason =
        verdict == Verdict.PASSED || verdict == Verdict.FAILED
            ? Optional.empty()
            : Optional.of("the target does not claim list-root");
    return new CaseResult(id, level, verdict, 0.125, reason, mismatch, Optional.empty());
  }

  private static Report report(List<RuleResult> rules) {
    return new Report(
        "0.1.0",
        42,
        "toyfs",
        "mount",
        new TreeMap<>(Map.of("list-root", "false", "directory-size", "snix", "exec", "true")),
        new Report.Environment("Linux 6.18.0", 2, "25.0.1"),
        Instant.parse("2026-11-23T01:00:00Z"),
        Duration.ofMillis(61_400),
        rules);
  }

  private static List<CaseResult> casesOf(Rule rule) {
    Level level = rule.level();
    return switch (rule.id()) {
      case "DIR-1" ->
          List.of(
              result("DIR-1/buffers-of-every-size", level, Verdict.FAILED),
              result("DIR-1/empty", level, Verdict.PASSED));
      case "INO-4" -> List.of(result("INO-4/links-are-counted", level, Verdict.KNOWN));
      case "READ-5" -> List.of(result("READ-5/many-threads", level, Verdict.ERROR));
      case "MODE-3" -> List.of(result("MODE-3/both-orders", level, Verdict.UNEXPECTED_PASS));
      case "ROOT-2", "XAT-1" -> List.of(result(rule.id() + "/listing", level, Verdict.SKIPPED));
      default ->
          rule.level() == Level.MUST && rule.group().length() <= 4
              ? List.of(result(rule.id() + "/one-case", level, Verdict.PASSED))
              : List.of();
    };
  }

  /// A mismatch with a script, a tree of three nodes and bytes that are no text.
  static Mismatch mismatch() {
    TreeMap<PathComponent, Tree> children = new TreeMap<>();
    children.put(
        PathComponent.of(new byte[] {'n', (byte) 0xE9, '<'}),
        new Tree.File(Content.ofBytes(new byte[700]), true));
    children.put(PathComponent.of("link"), new Tree.Link(SymlinkTarget.of("n & more")));
    byte[] name = "dir".getBytes(StandardCharsets.UTF_8);
    Script script = Script.of(s -> s.close(s.open(name, 0)));
    return new Mismatch(
            "the names of the 3 entries, each once, with getdents64 buffers of 128 bytes",
            "2 names; <missing> \"n\\xe9<\" & a \u0001 control character\nlast offset 2")
        .with(script)
        .with(new Tree.Dir(children))
        .hint("The entry that does not fit into a reply must come first in the next one.");
  }
}
