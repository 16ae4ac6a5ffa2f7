package io.github.storeproof.conformance.report;

import io.github.storeproof.conformance.rule.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/// All that a run found. *Immutable.*
///
/// @param kitVersion the version of the kit
/// @param seed the seed of the run
/// @param targetName what was judged
/// @param targetKind `mount` or `grpc`
/// @param features what the target claims
/// @param environment the machine
/// @param startedAt when the run started
/// @param duration how long it took
/// @param rules every rule of the book that was in question, in its order
public record Report(
    String kitVersion,
    long seed,
    String targetName,
    String targetKind,
    SortedMap<String, String> features,
    Environment environment,
    Instant startedAt,
    Duration duration,
    List<RuleResult> rules) {
  public Report {
    rules = List.copyOf(rules);
  }

  /// The machine of a run.
  ///
  /// @param kernel name and release of the kernel
  /// @param cpus the number of processors
  /// @param java the version of the JVM
  public record Environment(String kernel, int cpus, String java) {
    /// This machine.
    public static Environment here() {
      return new Environment(
          System.getProperty("os.name") + " " + System.getProperty("os.version"),
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("java.version"));
    }
  }

  /// The same with other results.
  Report withRules(List<RuleResult> others) {
    return new Report(
        kitVersion,
        seed,
        targetName,
        targetKind,
        features,
        environment,
        startedAt,
        duration,
        others);
  }

  /// All cases of all rules.
  public Stream<CaseResult> cases() {
    return rules.stream().flatMap(rule -> rule.cases().stream());
  }

  /// How many rules came to each verdict.
  public Map<Verdict, Long> rulesByVerdict() {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, rules.stream().filter(rule -> rule.verdict() == verdict).count());
    }
    return counts;
  }

  /// How many cases came to a verdict.
  public long caseCount(Verdict verdict) {
    return cases().filter(one -> one.verdict() == verdict).count();
  }

  /// The exit code of the run: 0 conforms, 1 does not, 2 the kit could not do its work.
  ///
  /// @param strict whether a SHOULD counts as a MUST
  public int exitCode(boolean strict) {
    if (cases().anyMatch(one -> breaks(one, strict))) {
      return 1;
    }
    boolean judged =
        cases()
            .anyMatch(one ->
                one.verdict() == Verdict.PASSED
                    || one.verdict() == Verdict.KNOWN
                    || one.verdict() == Verdict.FAILED);
    return judged && caseCount(Verdict.ERROR) == 0 ? 0 : 2;
  }

  private static boolean breaks(CaseResult one, boolean strict) {
    return switch (one.verdict()) {
      case FAILED ->
          switch (one.level()) {
            case MUST -> true;
            case SHOULD -> strict;
            case MAY -> false;
          };
      case UNEXPECTED_PASS -> true;
      case PASSED, KNOWN, SKIPPED, ERROR, UNTESTED -> false;
    };
  }

  /// The cases that failed and the level that makes it count.
  public Stream<CaseResult> failures() {
    return cases().filter(one -> one.verdict() == Verdict.FAILED && one.level() != Level.MAY);
  }
}
