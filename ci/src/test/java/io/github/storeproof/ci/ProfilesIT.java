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

  /// Other forms of the reference are judged by what they are made for, and the image of squashfuse in the kernel by what the
  /// kernel does differently. `storeproof.all-rules` judges each by all rules.
  private static final Map<String, List<String>> RULES =
      Boolean.getBoolean("storeproof.all-rules")
          ? Map.of()
          : Map.of(
              "squashfs",
              List.of(
                  "ATTR-*", "LNK-*", "RO-*", "READ-*", "STX-*", "SYN-*", "OPN-*", "HND-*", "LIF-*"),
              "reference-unlisted",
              List.of("ROOT-*", "ACC-*", "LIF-*"),
              "reference-store",
              List.of("ERR-*", "CON-*", "ROOT-*", "READ-*", "XAT-*"));

  static List<String> profiles() {
    String chosen = System.getProperty("storeproof.profiles", "");
    return chosen.isEmpty() ? Targets.bundled() : List.of(chosen.split(","));
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
