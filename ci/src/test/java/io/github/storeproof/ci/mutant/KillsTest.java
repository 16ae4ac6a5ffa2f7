package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.conformance.json.Json;
import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.RuleResult;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.rule.Level;
import io.github.storeproof.conformance.rule.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class KillsTest {
  private static final Mutant KILLED = mutant("Killed");
  private static final Mutant LIVING = mutant("Living");
  private static final Report NOTHING = report();

  private static Mutant mutant(String name) {
    return Mutant.of(name, "DIR-1", "", UnaryOperator.identity());
  }

  private static Report report(RuleResult... rules) {
    return new Report(
        "0",
        1,
        "target",
        "mount",
        new TreeMap<>(),
        Report.Environment.here(),
        Instant.EPOCH,
        Duration.ZERO,
        List.of(rules));
  }

  private static RuleResult rule(String id, Verdict verdict) {
    CaseResult one =
        new CaseResult(
            id + "/case",
            Level.MUST,
            verdict,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new RuleResult(RuleBook.bundled().find(id).orElseThrow(), List.of(one));
  }

  private static Kills judged() {
    Kills kills = new Kills();
    kills.add(
        KILLED, report(rule("DIR-1", Verdict.FAILED), rule("DIR-2", Verdict.PASSED)), NOTHING);
    kills.add(
        LIVING, report(rule("DIR-1", Verdict.PASSED), rule("DIR-2", Verdict.PASSED)), NOTHING);
    return kills;
  }

  @Test
  void whoeverIsKilledByNothingLives() {
    Kills kills = judged();
    assertThat(kills.living()).containsExactly(LIVING);
    assertThat(kills.killedByNothingBut("DIR-1")).containsExactly(KILLED);
    assertThat(kills.rulesThatKillNothing()).containsExactly("DIR-2");
  }

  @Test
  void aRunGoesOnWithWhatAnotherHasWritten() {
    Kills first = judged();
    Json written = Json.parse(first.json().print());
    Kills second = new Kills();
    second.addRules(report(rule("DIR-1", Verdict.PASSED), rule("DIR-2", Verdict.PASSED)));
    assertThat(second.addWritten(KILLED, written)).isTrue();
    assertThat(second.addWritten(LIVING, written)).isTrue();
    assertThat(second.json().print()).isEqualTo(first.json().print());
  }

  @Test
  void aMutantThatHasChangedIsJudgedAgain() {
    Json written = Json.parse(judged().json().print());
    assertThat(new Kills().addWritten(mutant("Other"), written)).isFalse();
    Mutant changed = Mutant.of("Killed", "DIR-2", "", UnaryOperator.identity());
    assertThat(new Kills().addWritten(changed, written)).isFalse();
  }
}
