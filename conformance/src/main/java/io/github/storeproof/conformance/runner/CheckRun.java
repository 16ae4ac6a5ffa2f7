package io.github.storeproof.conformance.runner;

import io.github.storeproof.conformance.report.CaseResult;
import io.github.storeproof.conformance.report.Report;
import io.github.storeproof.conformance.report.RuleResult;
import io.github.storeproof.conformance.report.Verdict;
import io.github.storeproof.conformance.rule.Rule;
import io.github.storeproof.conformance.rule.RuleBook;
import io.github.storeproof.conformance.subject.Lane;
import io.github.storeproof.conformance.subject.Session;
import io.github.storeproof.conformance.subject.SubjectExtension;
import io.github.storeproof.conformance.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherExecutionRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;

/// One run of the kit: finds the cases, runs those that are wanted against a target, and reports.
/// *Confined.*
public final class CheckRun {
  /// Scripts have deadlines of their own; this one ends a case that is lost in the kit.
  private static final Duration CASE_LIMIT = Duration.ofMinutes(5);

  private final RuleBook book;
  private final List<? extends DiscoverySelector> places;
  private final Selection selection;
  private final Progress progress;

  /// A run over the cases in some places; [CaseCatalog#bundled()] for the kit's own.
  public CheckRun(
      RuleBook book,
      List<? extends DiscoverySelector> places,
      Selection selection,
      Progress progress) {
    this.book = book;
    this.places = places;
    this.selection = selection;
    this.progress = progress;
  }

  /// A run cannot start: the choice of rules or the list of known failures makes no sense.
  public static final class CannotRun extends Exception {
    /// With the reason as a sentence.
    public CannotRun(String message) {
      super(message);
    }
  }

  /// The cases that are wanted, without running them.
  public List<Case> list() throws CannotRun {
    try (LauncherSession launcher = LauncherFactory.openSession(config())) {
      return chosen(CaseCatalog.discover(launcher.getLauncher(), places, book));
    }
  }

  /// The same for a session, whose known failures must be cases that there are.
  public List<Case> list(Session session) throws CannotRun {
    try (LauncherSession launcher = LauncherFactory.openSession(config())) {
      return chosen(CaseCatalog.discover(launcher.getLauncher(), places, book), session.target());
    }
  }

  /// Runs one of the cases of [#list()] on a lane, which stays open.
  public CaseResult run(Lane lane, Case one) {
    KnownFailures known = new KnownFailures(lane.session().target().knownFailures());
    ResultListener listener = new ResultListener(List.of(one), known, progress);
    execute(
        lane, List.of(one), List.of(DiscoverySelectors.selectUniqueId(one.uniqueId())), listener);
    return listener.results().getOrDefault(one, lost(one));
  }

  /// Runs them in a session, which stays open.
  ///
  /// @throws CannotRun when no case is wanted or a known failure is stale
  /// @throws io.github.storeproof.conformance.subject.TargetUnavailable when the target cannot be
  ///   mounted at all
  public Report run(Session session, String kitVersion) throws CannotRun {
    Instant startedAt = Instant.now();
    long startNanos = System.nanoTime();
    Target target = session.target();
    try (LauncherSession launcher = LauncherFactory.openSession(config())) {
      CaseCatalog catalog = CaseCatalog.discover(launcher.getLauncher(), places, book);
      List<Case> chosen = chosen(catalog, target);
      session.open();
      progress.begins(chosen.size());
      ResultListener listener =
          new ResultListener(chosen, new KnownFailures(target.knownFailures()), progress);
      execute(session, chosen, listener);
      progress.ends();
      return new Report(
          kitVersion,
          session.settings().seed(),
          target.name(),
          target.kind(),
          target.features().declared(),
          Report.Environment.here(),
          startedAt,
          Duration.ofNanos(System.nanoTime() - startNanos),
          rules(rulesFor(target, catalog), chosen, listener.results()));
    }
  }

  /// The rules that a target of this kind can be judged by, and those that no case looks at.
  private List<Rule> rulesFor(Target target, CaseCatalog catalog) {
    return book.rules().stream()
        .filter(rule -> {
          List<Case> cases = catalog.of(rule.id());
          return cases.isEmpty()
              || cases.stream().anyMatch(one -> one.kind().equals(target.kind()));
        })
        .toList();
  }

  private static LauncherConfig config() {
    return LauncherConfig.builder()
        .enableTestExecutionListenerAutoRegistration(false)
        .enableLauncherSessionListenerAutoRegistration(false)
        .enableLauncherDiscoveryListenerAutoRegistration(false)
        .enablePostDiscoveryFilterAutoRegistration(false)
        .build();
  }

  private List<Case> chosen(CaseCatalog catalog, Target target) throws CannotRun {
    Optional<String> stale = new KnownFailures(target.knownFailures()).staleIn(catalog.cases());
    if (stale.isPresent()) {
      throw new CannotRun(
          "known failure '" + stale.get() + "' of target " + target.name() + " matches no case");
    }
    List<Case> chosen =
        chosen(catalog).stream().filter(one -> one.kind().equals(target.kind())).toList();
    if (chosen.isEmpty()) {
      throw new CannotRun(
          "no case for targets of kind "
              + target.kind()
              + " is chosen by "
              + selection.rules()
              + " and groups "
              + selection.groups());
    }
    return chosen;
  }

  private List<Case> chosen(CaseCatalog catalog) throws CannotRun {
    Optional<String> unknown = selection.unknownIn(book);
    if (unknown.isPresent()) {
      throw new CannotRun(unknown.get());
    }
    List<Case> chosen = catalog.cases().stream().filter(selection::takes).toList();
    if (chosen.isEmpty()) {
      throw new CannotRun(
          "no case is chosen by " + selection.rules() + " and groups " + selection.groups());
    }
    return chosen;
  }

  private void execute(Session session, List<Case> chosen, ResultListener listener) {
    List<List<Case>> lanes = Lanes.deal(chosen);
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes.size())) {
      for (int lane = 0; lane < lanes.size(); lane++) {
        Lane mounts = session.lane(lane);
        List<Case> cases = lanes.get(lane);
        ends.add(
            CompletableFuture.runAsync(() -> execute(mounts, cases, places, listener), threads));
      }
    }
    ends.forEach(CompletableFuture::join);
  }

  private void execute(
      Lane lane,
      List<Case> cases,
      List<? extends DiscoverySelector> selectors,
      ResultListener listener) {
    Set<String> wanted = cases.stream().map(Case::uniqueId).collect(Collectors.toSet());
    Duration limit = lane.session().settings().patiently(CASE_LIMIT);
    PostDiscoveryFilter filter =
        test ->
            FilterResult.includedIf(
                !test.isTest() || wanted.contains(test.getUniqueId().toString()));
    LauncherExecutionRequest request =
        CaseCatalog.request(selectors)
            .filters(filter)
            .configurationParameter(
                "junit.jupiter.execution.timeout.testable.method.default", limit.toSeconds() + " s")
            .forExecution()
            .listeners(listener)
            .build();
    try (LauncherSession launcher = LauncherFactory.openSession(config())) {
      // A reference that nobody closes: the lane belongs to the session, and that to the caller.
      launcher.getStore().put(Namespace.create(SubjectExtension.NAMESPACE), Lane.class, lane);
      launcher.getLauncher().execute(request);
    }
  }

  /// Every rule in question, with its cases; a case that the platform said nothing of is an error.
  private List<RuleResult> rules(
      List<Rule> rules, List<Case> chosen, Map<Case, CaseResult> results) {
    return rules.stream()
        .filter(selection::asksFor)
        .map(rule -> new RuleResult(rule, ofRule(rule, chosen, results)))
        .toList();
  }

  private static List<CaseResult> ofRule(
      Rule rule, List<Case> chosen, Map<Case, CaseResult> results) {
    return chosen.stream()
        .filter(one -> one.ruleId().equals(rule.id()))
        .map(one -> results.getOrDefault(one, lost(one)))
        .toList();
  }

  private static CaseResult lost(Case one) {
    return new CaseResult(
        one.id(),
        one.level(),
        Verdict.ERROR,
        0,
        Optional.of("error of the kit: the case was neither run nor skipped"),
        Optional.empty(),
        Optional.empty());
  }
}
