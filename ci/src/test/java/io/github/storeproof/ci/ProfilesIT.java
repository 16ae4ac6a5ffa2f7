package io.github.storeproof.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.runner.CaseCatalog;
import io.github.storeproof.conformance.runner.CheckRun;
import io.github.storeproof.conformance.runner.Progress;
import io.github.storeproof.conformance.runner.Selection;
import io.github.storeproof.conformance.subject.RunSettings;
import io.github.storeproof.conformance.subject.Session;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.Targets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kit raises no false alarm: every bundled profile, most of them of filesystems by others, conforms.
///
/// The system property `storeproof.seed` gives other random trees and scripts; `storeproof.profiles` names the profiles.
class ProfilesIT {
  private static final long SEED = Long.getLong("storeproof.seed", 1);
  private static final int SLOWEST = 8;

  /// squashfuse is judged by what its options decide.
  private static final Map<String, List<String>> RULES =
      Map.of("squashfuse", List.of("ATTR-*", "ACC-*", "MODE-*", "RO-*"));

  /// Those that a run of CI has time for; `storeproof.profiles` names others.
  private static final String USUAL = "ext4,erofs,overlayfs,squashfuse";

  static List<String> profiles() {
    return List.of(System.getProperty("storeproof.profiles", USUAL).split(","));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void conforms(String profile) throws Exception {
    Report report = check(profile);
    System.out.printf(
        "%s: %d cases in %d s, the slowest %s%n",
        profile,
        report.cases().count(),
        report.duration().toSeconds(),
        report
            .cases()
            .sorted(Comparator.comparingDouble(CaseResult::seconds).reversed())
            .limit(SLOWEST)
            .map(one -> "%s %.1f s".formatted(one.id(), one.seconds()))
            .toList());
    assertThat(report.cases().filter(one -> one.verdict() != Verdict.PASSED))
        .allSatisfy(one ->
            assertThat(one.verdict())
                .as("%s: %s %s", one.id(), one.reason(), one.mismatch())
                .isIn(Verdict.SKIPPED, Verdict.KNOWN));
    assertThat(report.exitCode(false)).isZero();
  }

  private static Report check(String profile) throws Exception {
    try (Target target = Targets.of(profile, false);
        Session session = new Session(target, RunSettings.ofSeed(SEED))) {
      return new CheckRun(
              RuleBook.bundled(),
              CaseCatalog.bundled(),
              new Selection(RULES.getOrDefault(profile, List.of()), List.of()),
              Progress.NONE)
          .run(session, "test");
    }
  }
}
