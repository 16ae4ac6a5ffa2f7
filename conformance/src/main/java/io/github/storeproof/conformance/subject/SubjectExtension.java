package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.conformance.target.Targets;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// Gives a case its [Subject], and skips it where it needs what the target does not claim. The
/// [Lane] is in the store of the launcher session; where nobody put one, as in an IDE, a session
/// against the profile named by the system property `storeproof.target` is made.
public final class SubjectExtension
    implements ExecutionCondition,
        BeforeEachCallback,
        ParameterResolver,
        AfterEachCallback,
        TestExecutionExceptionHandler {
  /// The namespace, in the store of the launcher session, of the lane.
  public static final String NAMESPACE = "storeproof";

  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(NAMESPACE);
  private static final String DEFAULT_TARGET = "reference";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isEmpty()) {
      return ConditionEvaluationResult.enabled("cases decide one by one");
    }
    Session session = lane(context).session();
    return elements(context)
        .flatMap(element -> missing(element, session).stream())
        .findFirst()
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("the target has what the case needs"));
  }

  private static Stream<AnnotatedElement> elements(ExtensionContext context) {
    return Stream.of(context.getRequiredTestMethod(), context.getRequiredTestClass());
  }

  private static Optional<String> missing(AnnotatedElement element, Session session) {
    Features features = session.target().features();
    Needs needs = element.getAnnotation(Needs.class);
    NeedsNot needsNot = element.getAnnotation(NeedsNot.class);
    Stream<String> unclaimed =
        needs == null
            ? Stream.empty()
            : Stream.of(needs.value())
                .filter(key -> !features.claims(feature(key)))
                .map(key -> "the target does not claim " + key);
    Stream<String> undenied =
        needsNot == null
            ? Stream.empty()
            : Stream.of(needsNot.value())
                .filter(key -> !features.denies(feature(key)))
                .map(key -> "the target does not say " + key + " = false");
    return Stream.of(unclaimed, undenied, impossible(element, session).stream())
        .flatMap(s -> s)
        .findFirst();
  }

  private static Optional<String> impossible(AnnotatedElement element, Session session) {
    if (element.isAnnotationPresent(NeedsRoot.class) && !Privileges.isRoot()) {
      return Optional.of("the case needs root, and the kit runs as another user");
    }
    if (element.isAnnotationPresent(NeedsAnyFixture.class) && !session.target().takesAnyFixture()) {
      return Optional.of("the case mounts a fixture of its own, and the target is already mounted");
    }
    if (element.isAnnotationPresent(NeedsFaults.class) && !session.target().hasFaults()) {
      return Optional.of(NeedsFaults.REASON);
    }
    if (element.isAnnotationPresent(NeedsArchiveReader.class)
        && !session.target().readsArchives()) {
      return Optional.of(NeedsArchiveReader.REASON);
    }
    if (element.isAnnotationPresent(NeedsRefresh.class) && !session.target().canRefresh()) {
      return Optional.of(
          "the profile has no 'refresh' in [populate], so paths cannot be added to a mounted"
              + " store");
    }
    return Optional.empty();
  }

  private static Feature feature(String key) {
    return Feature.find(key)
        .orElseThrow(() -> new IllegalArgumentException("no feature is called '" + key + "'"));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    lane(context)
        .session()
        .stopped()
        .ifPresent(reason -> {
          throw new TargetUnavailable(reason);
        });
    if (context.getRequiredTestMethod().isAnnotationPresent(KeepsCaches.class)) {
      KernelCaches.keep();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Subject.class || type == StoreSubject.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    String caseId = CaseId.of(context.getRequiredTestMethod());
    if (parameter.getParameter().getType() == StoreSubject.class) {
      return context
          .getStore(STORE)
          .computeIfAbsent(
              CaseStoreSubject.class,
              key -> new CaseStoreSubject(lane(context).session(), caseId),
              CaseStoreSubject.class);
    }
    return context
        .getStore(STORE)
        .computeIfAbsent(
            CaseSubject.class, key -> new CaseSubject(lane(context), caseId), CaseSubject.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    KernelCaches.letGo();
    // Ends the case's own mounts now; the store would do it later.
    CaseSubject subject = context.getStore(STORE).remove(CaseSubject.class, CaseSubject.class);
    if (subject != null) {
      subject.close();
    }
    CaseStoreSubject services =
        context.getStore(STORE).remove(CaseStoreSubject.class, CaseStoreSubject.class);
    if (services != null) {
      services.close();
    }
  }

  /// A mismatch gets the tree that it is about, and a mount that died while the case ran explains what the case saw.
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    if (!(thrown instanceof Mismatch mismatch)) {
      throw thrown;
    }
    CaseSubject subject = context.getStore(STORE).get(CaseSubject.class, CaseSubject.class);
    Mismatch whole = subject == null ? mismatch : subject.withTree(mismatch);
    String epitaph = lane(context).shared().epitaph();
    String ofServices = lane(context).session().sharedStore().epitaph();
    if (ofServices != null) {
      throw whole.hint("The services died during this case: " + ofServices);
    }
    throw epitaph == null ? whole : whole.hint("The mount died during this case: " + epitaph);
  }

  private static Lane lane(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, STORE)
        .computeIfAbsent(Lane.class, key -> defaultLane(context), Lane.class);
  }

  /// The first lane of a session that ends with the launcher's.
  private static Lane defaultLane(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, STORE)
        .computeIfAbsent(Session.class, key -> defaultSession(), Session.class)
        .lane(0);
  }

  private static Session defaultSession() {
    String name = System.getProperty("storeproof.target", DEFAULT_TARGET);
    try {
      return new Session(
          Targets.of(name, false), RunSettings.ofSeed(Long.getLong("storeproof.seed", 1)));
    } catch (TargetException e) {
      throw new TargetUnavailable(String.valueOf(e.getMessage()), e);
    }
  }
}
