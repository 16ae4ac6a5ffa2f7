package io.github.storeproof.conformance.junit;

import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Explanation;
import io.github.storeproof.conformance.rule.Level;
import io.github.storeproof.conformance.rule.Rule;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.runner.Case;
import io.github.storeproof.conformance.runner.CaseCatalog;
import io.github.storeproof.conformance.runner.CheckRun;
import io.github.storeproof.conformance.runner.Progress;
import io.github.storeproof.conformance.runner.Selection;
import io.github.storeproof.conformance.subject.RunSettings;
import io.github.storeproof.conformance.subject.Session;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.TargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/// All rules as JUnit tests against a target of any kind, such as that of a profile file:
///
/// ```java
/// class MyStoreTest extends StoreRules {
///   @Override
///   protected Target target() throws TargetException {
///     return Targets.of("mystore.toml", false);
///   }
/// }
/// ```
///
/// A container for each rule has a test for each case, by the name that `storeproof check --rules` takes. The target is mounted once
/// for all of them, and closed after the last. A broken MUST fails its test; a broken SHOULD, a known failure and what does not
/// apply are aborted tests, with the reason.
public abstract class StoreRules {
  /// What is under test. It is closed after the tests.
  ///
  /// @throws TargetException when there is no such target
  protected abstract Target target() throws TargetException;

  /// Which rules or cases are tested, by glob: `ATTR-*`, `DIR-1/*`; none for all.
  protected List<String> rules() {
    return List.of();
  }

  /// Where random choices come from.
  protected long seed() {
    return 1;
  }

  /// Whether a broken SHOULD fails its test.
  protected boolean strict() {
    return false;
  }

  /// The tests, rule by rule.
  @TestFactory
  final Stream<DynamicNode> conforms() throws TargetException, CheckRun.CannotRun {
    RuleBook book = RuleBook.bundled();
    Session session = new Session(target(), RunSettings.ofSeed(seed()));
    try {
      CheckRun run =
          new CheckRun(
              book, CaseCatalog.bundled(), new Selection(rules(), List.of()), Progress.NONE);
      Map<String, List<Case>> cases =
          run.list(session).stream()
              .collect(
                  Collectors.groupingBy(Case::ruleId, LinkedHashMap::new, Collectors.toList()));
      session.open();
      // Jupiter closes the stream after the last test.
      return cases.entrySet().stream()
          .map(entry -> container(book, entry.getKey(), entry.getValue(), run, session))
          .onClose(session::close);
    } catch (CheckRun.CannotRun | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private DynamicNode container(
      RuleBook book, String id, List<Case> cases, CheckRun run, Session session) {
    Rule rule = book.find(id).orElseThrow();
    return DynamicContainer.dynamicContainer(
        id + ": " + rule.statement(),
        cases.stream()
            .map(one ->
                DynamicTest.dynamicTest(
                    one.id(), () -> judge(rule, run.run(session.lane(0), one)))));
  }

  private void judge(Rule rule, CaseResult result) {
    String reason = result.reason().orElse("no reason given");
    switch (result.verdict()) {
      case PASSED -> {}
      case FAILED -> {
        String explanation = Explanation.of(rule, result);
        if (result.level() == Level.MUST || strict()) {
          throw new AssertionFailedError(explanation);
        }
        throw new TestAbortedException(explanation);
      }
      case KNOWN -> throw new TestAbortedException("known failure: " + reason);
      case SKIPPED, UNTESTED -> throw new TestAbortedException(reason);
      case UNEXPECTED_PASS -> throw new AssertionFailedError(result.id() + " " + reason);
      case ERROR -> throw new IllegalStateException(result.id() + ": " + reason);
    }
  }
}
