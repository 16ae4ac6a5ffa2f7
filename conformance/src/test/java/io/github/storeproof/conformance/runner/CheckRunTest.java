package io.github.storeproof.conformance.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.rule.Level;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.subject.RunSettings;
import io.github.storeproof.conformance.subject.Session;
import io.github.storeproof.conformance.subject.TargetUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/// Runs the [ToyCases] against a [ToyTarget], with deadlines of half a second.
class CheckRunTest {
  private static final List<? extends DiscoverySelector> TOYS =
      List.of(DiscoverySelectors.selectClass(ToyCases.class));
  private static final RunSettings HASTY =
      new RunSettings(42, OptionalInt.empty(), 0.05, Optional.empty());

  private static Report run(ToyTarget target, Selection selection, RunSettings settings)
      throws CheckRun.CannotRun {
    try (Session session = new Session(target, settings)) {
      return new CheckRun(RuleBook.bundled(), TOYS, selection, Progress.NONE).run(session, "test");
    }
  }

  private static Report run(Map<String, String> known, String... rules) throws CheckRun.CannotRun {
    return run(new ToyTarget(known, 100), new Selection(List.of(rules), List.of()), HASTY);
  }

  private static CaseResult only(Report report, String id) {
    return report.cases().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void eachCaseComesToItsVerdict() throws CheckRun.CannotRun {
    Report report = run(Map.of(), "ATTR-*");
    assertThat(report.cases())
        .extracting(CaseResult::id, CaseResult::verdict)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("ATTR-1/breaks-a-should", Verdict.FAILED),
            org.assertj.core.groups.Tuple.tuple("ATTR-1/passes", Verdict.PASSED),
            org.assertj.core.groups.Tuple.tuple("ATTR-2/fails-without-a-mismatch", Verdict.FAILED),
            org.assertj.core.groups.Tuple.tuple("ATTR-3/cannot-find-out", Verdict.ERROR),
            org.assertj.core.groups.Tuple.tuple("ATTR-4/gives-up", Verdict.SKIPPED));
    assertThat(only(report, "ATTR-1/breaks-a-should").level()).isEqualTo(Level.SHOULD);
    assertThat(only(report, "ATTR-2/fails-without-a-mismatch").mismatch().orElseThrow().observed())
        .isEqualTo("plain words");
    assertThat(only(report, "ATTR-3/cannot-find-out").reason().orElseThrow())
        .startsWith("error of the kit: java.lang.IllegalStateException: a fault of the kit");
    assertThat(only(report, "ATTR-4/gives-up").reason()).contains("no toys here");
  }

  @Test
  void whatTheTargetDoesNotClaimIsSkippedWithTheReason() throws CheckRun.CannotRun {
    Report report = run(Map.of(), "DIR-1", "DIR-2", "DIR-3");
    assertThat(only(report, "DIR-1/needs-a-listing").reason())
        .contains("the target does not claim list-root");
    assertThat(only(report, "DIR-1/needs-no-listing").verdict()).isEqualTo(Verdict.PASSED);
    assertThat(only(report, "DIR-2/needs-any-fixture").reason().orElseThrow())
        .endsWith("the target is already mounted");
    assertThat(only(report, "DIR-3/needs-refresh").reason().orElseThrow()).contains("no 'refresh'");
  }

  @Test
  void aHangFailsItsCaseWithAnExplanationAndTheNextCaseGetsAFreshMount() throws CheckRun.CannotRun {
    ToyTarget target = new ToyTarget(Map.of(), 100);
    Report report = run(target, new Selection(List.of("READ-1", "READ-3"), List.of()), HASTY);
    CaseResult hung = only(report, "READ-1/hangs");
    assertThat(hung.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(hung.seconds()).isBetween(0.4, 8.0);
    assertThat(hung.mismatch().orElseThrow().expected())
        .isEqualTo("every call of the script returns within 0.5 s");
    assertThat(hung.mismatch().orElseThrow().observed())
        .contains("the mount: the toy lives")
        .containsIgnoringCase("sleep");
    assertThat(hung.mismatch().orElseThrow().script()).isPresent();
    assertThat(only(report, "READ-3/goes-on-after-that").verdict()).isEqualTo(Verdict.PASSED);
    assertThat(target.mounts()).hasSize(2);
    assertThat(target.mounts().getFirst().isAborted()).isTrue();
    assertThat(target.isClosed()).isTrue();
  }

  @Test
  void aMountThatDiesExplainsTheFailureAndIsReplaced() throws CheckRun.CannotRun {
    ToyTarget target = new ToyTarget(Map.of(), 100);
    Report report = run(target, new Selection(List.of("READ-2", "READ-3"), List.of()), HASTY);
    assertThat(only(report, "READ-2/loses-its-mount").mismatch().orElseThrow().hint())
        .contains("The mount died during this case: the toy died with exit 134");
    assertThat(only(report, "READ-3/goes-on-after-that").verdict()).isEqualTo(Verdict.PASSED);
    assertThat(target.mounts()).hasSize(2);
  }

  @Test
  void aTargetThatCannotBeMountedAgainMakesTheOtherCasesErrors() throws CheckRun.CannotRun {
    Report report =
        run(
            new ToyTarget(Map.of(), 1),
            new Selection(List.of("READ-2", "READ-3"), List.of()),
            HASTY);
    CaseResult last = only(report, "READ-3/goes-on-after-that");
    assertThat(last.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(last.reason()).contains("the toy is broken for good");
    assertThat(report.exitCode(false)).isOne();
  }

  @Test
  void aTargetThatCannotBeMountedAtAllIsNoReport() {
    ToyTarget target = new ToyTarget(Map.of(), 0);
    assertThatThrownBy(() -> run(target, Selection.all(), HASTY))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessage("the toy is broken for good");
    assertThat(target.isClosed()).isTrue();
  }

  @Test
  void knownFailuresRunAndOneThatPassesIsUnexpected() throws CheckRun.CannotRun {
    Report report = run(Map.of("ATTR-1/*", "bug 1", "ATTR-2", "bug 2"), "ATTR-1", "ATTR-2");
    assertThat(only(report, "ATTR-1/breaks-a-should").verdict()).isEqualTo(Verdict.KNOWN);
    assertThat(only(report, "ATTR-1/passes").verdict()).isEqualTo(Verdict.UNEXPECTED_PASS);
    assertThat(only(report, "ATTR-2/fails-without-a-mismatch").reason()).contains("bug 2");
    assertThat(report.exitCode(false)).isOne();
  }

  @Test
  void aKnownFailureThatMatchesNoCaseIsAnError() {
    assertThatThrownBy(() -> run(Map.of("DIR-1/no-such-*", "old"), "ATTR-1"))
        .isInstanceOf(CheckRun.CannotRun.class)
        .hasMessage("known failure 'DIR-1/no-such-*' of target toy matches no case");
  }

  @Test
  void aChoiceOfNothingIsAnError() {
    cannot(new Selection(List.of("XYZ-*"), List.of()), "no rule matches 'XYZ-*'");
    cannot(new Selection(List.of(), List.of("nope")), "no group is called 'NOPE'");
    cannot(
        new Selection(List.of("OVL-1"), List.of()), "no case is chosen by [OVL-1] and groups []");
    cannot(
        new Selection(List.of("ATTR-1/nope"), List.of()),
        "no case is chosen by [ATTR-1/nope] and groups []");
  }

  private static void cannot(Selection selection, String message) {
    assertThatThrownBy(() -> run(new ToyTarget(Map.of(), 1), selection, HASTY))
        .isInstanceOf(CheckRun.CannotRun.class)
        .hasMessage(message);
  }

  @Test
  void rulesInQuestionThatHaveNoCaseAreUntested() throws CheckRun.CannotRun {
    Report report =
        run(new ToyTarget(Map.of(), 1), new Selection(List.of(), List.of("dir")), HASTY);
    assertThat(report.rules())
        .extracting(result -> result.rule().id())
        .contains("DIR-1", "DIR-9")
        .doesNotContain("ATTR-1");
    assertThat(report.rulesByVerdict().get(Verdict.UNTESTED)).isEqualTo(6);
  }

  @Test
  void afterTheTimeLimitNoCaseStarts() throws CheckRun.CannotRun {
    RunSettings noTime = new RunSettings(1, OptionalInt.empty(), 1, Optional.of(Duration.ZERO));
    Report report =
        run(new ToyTarget(Map.of(), 1), new Selection(List.of("ATTR-1/passes"), List.of()), noTime);
    assertThat(only(report, "ATTR-1/passes").reason())
        .contains("the time limit of 0 s was reached before this case");
    assertThat(report.exitCode(false)).isEqualTo(2);
  }

  @Test
  void classesRunSideBySideOnMountsOfTheirOwn() throws CheckRun.CannotRun {
    ToyTarget target = new ToyTarget(Map.of(), 100);
    try (Session session = new Session(target, HASTY)) {
      Report report =
          new CheckRun(
                  RuleBook.bundled(),
                  List.of(
                      DiscoverySelectors.selectClass(MeetingToyCases.class),
                      DiscoverySelectors.selectClass(WaitingToyCases.class)),
                  Selection.all(),
                  Progress.NONE)
              .run(session, "test");
      assertThat(report.cases()).hasSize(2);
      assertThat(report.cases()).extracting(CaseResult::verdict).containsOnly(Verdict.PASSED);
      assertThat(target.mounts()).hasSize(2);
    }
  }

  @Test
  void randomNumbersDependOnTheSeedAndTheCaseOnly() throws CheckRun.CannotRun {
    String first =
        only(run(Map.of(), "READ-4"), "READ-4/takes-random-numbers")
            .mismatch()
            .orElseThrow()
            .observed();
    String again =
        only(run(Map.of(), "READ-4", "ATTR-1"), "READ-4/takes-random-numbers")
            .mismatch()
            .orElseThrow()
            .observed();
    assertThat(again).isEqualTo(first).startsWith("42 ").endsWith(" 7");
  }
}
