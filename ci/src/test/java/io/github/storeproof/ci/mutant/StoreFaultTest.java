package io.github.storeproof.ci.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.storeproof.ci.faultystore.StoreFault;
import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.rule.Level;
import io.github.storeproof.conformance.runner.Selection;
import io.github.storeproof.conformance.subject.RunSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A store without a fault conforms; one with a fault fails the rule that it is made for, and the kit says why. Nothing is
/// mounted: the store listens on a unix socket of this process.
class StoreFaultTest {
  private static final int AT_A_TIME = 2;

  @TempDir private static Path directory;

  private static final Map<Mutant, Future<Report>> REPORTS = new HashMap<>();
  private static ExecutorService workers;
  private static Judge judge;

  @BeforeAll
  static void beginToJudge() throws Exception {
    judge = new Judge(directory);
    workers = Executors.newFixedThreadPool(AT_A_TIME);
    mutants().forEach(mutant -> REPORTS.put(mutant, workers.submit(() -> judge.killed(mutant, 1))));
  }

  @AfterAll
  static void end() {
    workers.shutdownNow();
    workers.close();
    judge.close();
  }

  static List<Mutant> mutants() {
    return Mutants.ofStores();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isKilledByItsRule(Mutant mutant) throws Exception {
    Report report = REPORTS.get(mutant).get();
    assertThat(report.cases().anyMatch(mutant::isKilledBy))
        .as(
            "death of %s, with '%s' in what the kit says; it says %s",
            mutant, mutant.message(), report.cases().toList())
        .isTrue();
  }

  @Test
  void aStoreThatTakesSizesOfBothRulesConforms() throws Exception {
    Report report =
        judge.judged(
            Mutant.of(StoreFault.SIZES_MAY_BE_OF_BOTH_RULES),
            RunSettings.ofSeed(1),
            new Selection(
                List.of("DSV-1", "DSV-2", "DSV-3", "DSV-4", "DSV-5", "DSV-6", "DSV-7"), List.of()));
    assertThat(report.cases().toList())
        .hasSizeGreaterThan(20)
        .allSatisfy(one ->
            assertThat(one.verdict())
                .as("%s %s", one.id(), one.mismatch())
                .isEqualTo(Verdict.PASSED));
  }

  /// What it cannot do is said, and nothing else is.
  @ParameterizedTest
  @CsvSource({
    "PATH_INFOS_ARE_NOT_SERVED, PIN-2, no PathInfoService",
    "NOTHING_NEED_BE_PUT, BLOB-1, the target says puts = false",
    "NOTHING_NEED_BE_PUT, PIN-3, the target says puts = false",
    "LISTS_ARE_NOT_SUPPORTED, PIN-5, has no List"
  })
  void whatNobodyClaimsIsSkipped(StoreFault fault, String ruleId, String reason) throws Exception {
    Report report =
        judge.judged(
            Mutant.of(fault),
            RunSettings.ofSeed(1),
            new Selection(List.of("BLOB-3", "DSV-3", "GRP-1", "PIN-1", ruleId), List.of()));
    assertThat(report.cases().filter(one -> one.ruleId().equals(ruleId)))
        .isNotEmpty()
        .allSatisfy(one -> {
          assertThat(one.verdict()).as(one.id()).isEqualTo(Verdict.SKIPPED);
          assertThat(one.reason().orElse("")).contains(reason);
        });
    assertThat(report.cases().map(CaseResult::verdict))
        .contains(Verdict.PASSED)
        .doesNotContain(Verdict.FAILED, Verdict.ERROR);
    assertThat(report.exitCode(false)).isZero();
  }

  @Test
  void servicesThatTakeNothingAndDoNotSaySoAreNotJudged() throws Exception {
    Report report =
        judge.judged(
            Mutant.of(StoreFault.NOTHING_CAN_BE_PUT),
            RunSettings.ofSeed(1),
            new Selection(List.of("BLOB-1", "BLOB-3"), List.of()));
    assertThat(report.cases().filter(one -> one.ruleId().equals("BLOB-1")))
        .isNotEmpty()
        .allSatisfy(one -> {
          assertThat(one.verdict()).as(one.id()).isEqualTo(Verdict.ERROR);
          assertThat(one.reason().orElse(""))
              .contains("BlobService/Put takes nothing: INTERNAL (not supported)", "puts = false");
        });
    assertThat(report.exitCode(false)).isEqualTo(2);
  }

  @Test
  void theRightStoreConforms() throws Exception {
    Report report =
        judge.judged(Mutant.of(StoreFault.NONE), RunSettings.ofSeed(1), Selection.all());
    assertThat(report.cases().map(CaseResult::ruleId))
        .contains("BLOB-1", "DSV-1", "PIN-1", "GRP-1");
    // These stores have no command that reads archives: ArchiveMutants have one.
    assertThat(
            report
                .cases()
                .filter(one -> one.level() == Level.MUST && !one.ruleId().equals("NAR-2")))
        .allSatisfy(one ->
            assertThat(one.verdict())
                .as("%s %s", one.id(), one.mismatch())
                .isEqualTo(Verdict.PASSED));
    assertThat(report.exitCode(false)).isZero();
  }
}
