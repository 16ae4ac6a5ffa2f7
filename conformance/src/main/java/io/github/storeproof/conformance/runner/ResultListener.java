package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.subject.TargetUnavailable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.opentest4j.IncompleteExecutionException;

/// Turns what the JUnit Platform tells into results. *Thread-safe:* lanes share it.
final class ResultListener implements TestExecutionListener {
  private final Map<String, Case> casesByUniqueId;
  private final KnownFailures known;
  private final Progress progress;
  private final Map<Case, CaseResult> results = new LinkedHashMap<>();
  private final Map<Case, Long> startNanos = new HashMap<>();

  ResultListener(List<Case> chosen, KnownFailures known, Progress progress) {
    this.casesByUniqueId = chosen.stream().collect(Collectors.toMap(Case::uniqueId, one -> one));
    this.known = known;
    this.progress = progress;
  }

  /// The results so far.
  synchronized Map<Case, CaseResult> results() {
    return Map.copyOf(results);
  }

  @Override
  public synchronized void executionStarted(TestIdentifier test) {
    Case one = casesByUniqueId.get(test.getUniqueId());
    if (one != null) {
      startNanos.put(one, System.nanoTime());
      progress.starts(one);
    }
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    forEachCaseIn(
        test, one -> record(one, Verdict.SKIPPED, 0, Optional.of(reason), Optional.empty()));
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isContainer() && result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
      Throwable thrown =
          result.getThrowable().orElseGet(() -> new IllegalStateException("no reason given"));
      forEachCaseIn(
          test,
          one -> record(one, Verdict.ERROR, 0, Optional.of(reasonOf(thrown)), Optional.empty()));
    }
    Case one = casesByUniqueId.get(test.getUniqueId());
    if (one != null) {
      double seconds = (System.nanoTime() - startNanos.getOrDefault(one, System.nanoTime())) / 1e9;
      judge(one, seconds, result.getThrowable());
    }
  }

  private void judge(Case one, double seconds, Optional<Throwable> thrown) {
    switch (thrown.orElse(null)) {
      case null -> record(one, Verdict.PASSED, seconds, Optional.empty(), Optional.empty());
      case IncompleteExecutionException aborted ->
          record(
              one,
              Verdict.SKIPPED,
              seconds,
              Optional.ofNullable(aborted.getMessage()),
              Optional.empty());
      case Mismatch mismatch ->
          record(one, Verdict.FAILED, seconds, Optional.empty(), Optional.of(mismatch));
      case AssertionError plain ->
          record(
              one,
              Verdict.FAILED,
              seconds,
              Optional.empty(),
              Optional.of(new Mismatch("what the rule says", String.valueOf(plain.getMessage()))));
      case Throwable other ->
          record(one, Verdict.ERROR, seconds, Optional.of(reasonOf(other)), Optional.empty());
    }
  }

  private void record(
      Case one,
      Verdict verdict,
      double seconds,
      Optional<String> reason,
      Optional<Mismatch> mismatch) {
    CaseResult plain =
        new CaseResult(one.id(), one.level(), verdict, seconds, reason, mismatch, Optional.empty());
    CaseResult result = known.applyTo(one, plain);
    if (results.putIfAbsent(one, result) == null) {
      progress.ended(result);
    }
  }

  private void forEachCaseIn(TestIdentifier test, java.util.function.Consumer<Case> action) {
    String uniqueId = test.getUniqueId();
    casesByUniqueId.values().stream()
        .filter(one -> one.uniqueId().equals(uniqueId) || one.uniqueId().startsWith(uniqueId + "/"))
        .filter(one -> !results.containsKey(one))
        .toList()
        .forEach(action);
  }

  /// An unavailable target says it in a sentence; anything else is a fault of the kit, whose place
  /// is wanted.
  private static String reasonOf(Throwable thrown) {
    if (thrown instanceof TargetUnavailable) {
      return String.valueOf(thrown.getMessage());
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return "error of the kit: "
        + trace.toString().lines().limit(12).collect(Collectors.joining("\n"));
  }
}
