package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.rule.Level;
import io.github.storeproof.conformance.rule.Rule;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.subject.CaseId;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.StoreSubject;
import io.github.storeproof.conformance.target.TargetProfile.Kind;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

/// All cases that there are. *Immutable.*
public final class CaseCatalog {
  private static final String CASES = "io.github.storeproof.conformance.cases";

  private final List<Case> cases;

  private CaseCatalog(List<Case> cases) {
    this.cases = List.copyOf(cases);
  }

  /// Where the kit's own cases are.
  public static List<DiscoverySelector> bundled() {
    return List.of(DiscoverySelectors.selectPackage(CASES));
  }

  /// The cases in some places, in the order of the rule book.
  ///
  /// @throws IllegalStateException when a case names a rule that the book does not have, or two
  ///   cases have one name
  public static CaseCatalog discover(
      Launcher launcher, List<? extends DiscoverySelector> places, RuleBook book) {
    TestPlan plan = launcher.discover(request(places).build());
    Map<String, Case> byId = new HashMap<>();
    for (TestIdentifier root : plan.getRoots()) {
      for (TestIdentifier test : plan.getDescendants(root)) {
        Optional<Case> found = caseOf(test, book);
        if (found.isPresent() && byId.put(found.get().id(), found.get()) != null) {
          throw new IllegalStateException("two cases are called " + found.get().id());
        }
      }
    }
    List<Case> cases = new ArrayList<>(byId.values());
    cases.sort(
        Comparator.comparingInt((Case one) -> book.position(one.ruleId())).thenComparing(Case::id));
    return new CaseCatalog(cases);
  }

  static LauncherDiscoveryRequestBuilder request(List<? extends DiscoverySelector> places) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(places)
        .filters(EngineFilter.includeEngines("junit-jupiter"))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "false");
  }

  private static Optional<Case> caseOf(TestIdentifier test, RuleBook book) {
    if (!test.isTest() || !(test.getSource().orElse(null) instanceof MethodSource source)) {
      return Optional.empty();
    }
    Method method = source.getJavaMethod();
    Checks checks = method.getAnnotation(Checks.class);
    if (checks == null) {
      return Optional.empty();
    }
    Rule rule =
        book.find(checks.value())
            .orElseThrow(() ->
                new IllegalStateException(
                    method + " checks '" + checks.value() + "', which is no rule"));
    Kind kind = kind(method);
    Costs costs = method.getAnnotation(Costs.class);
    boolean should = method.isAnnotationPresent(Should.class) && rule.level() == Level.MUST;
    return Optional.of(
        new Case(
            CaseId.of(method),
            rule.id(),
            should ? Level.SHOULD : rule.level(),
            kind.word(),
            test.getUniqueId(),
            method.getDeclaringClass().getSimpleName(),
            method.getName(),
            family(method, kind),
            costs == null ? 1 : costs.value()));
  }

  private static Kind kind(Method method) {
    return Arrays.asList(method.getParameterTypes()).contains(StoreSubject.class)
        ? Kind.GRPC
        : Kind.MOUNT;
  }

  /// Store services are shared by all cases, of which one may restart them.
  private static String family(Method method, Kind kind) {
    if (kind == Kind.GRPC) {
      return kind.word();
    }
    SharesMounts shares = method.getDeclaringClass().getAnnotation(SharesMounts.class);
    return shares == null ? method.getDeclaringClass().getSimpleName() : shares.value();
  }

  /// The cases, in the order of the rule book.
  public List<Case> cases() {
    return cases;
  }

  /// The cases of one rule.
  public List<Case> of(String ruleId) {
    return cases.stream().filter(one -> one.ruleId().equals(ruleId)).toList();
  }
}
