package io.github.storeproof.conformance.subject;

import io.github.storeproof.conformance.oracle.Dialog;
import io.github.storeproof.conformance.store.DirectorySizes;
import io.github.storeproof.conformance.store.ServiceSurvey;
import io.github.storeproof.conformance.store.SizeRuleProbe;
import io.github.storeproof.conformance.store.StoreConnection;
import io.github.storeproof.conformance.store.StoreMethod;
import io.github.storeproof.conformance.store.StoreRefusal;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.FixtureLimits;
import io.github.storeproof.conformance.target.LiveStore;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.conformance.target.TargetProfile.Kind;
import io.github.storeproof.fixtures.Fixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// One run of the kit against one target: what all its cases share. *Thread-safe.*
public final class Session implements AutoCloseable {
  private static final String STANDARD = "standard";
  private static final int HANGS_UNTIL_IMPATIENT = 3;
  private static final Duration IMPATIENT_DEADLINE = Duration.ofSeconds(2);

  private final Target target;
  private final RunSettings settings;
  private final List<Lane> lanes = new ArrayList<>();
  private final Probers probers;
  private final boolean ownsProbers;
  private final long startNanos = System.nanoTime();
  private final Map<String, Fixture> fixtures = new ConcurrentHashMap<>();
  private final SharedStore sharedStore = new SharedStore(this);
  private final OfferedMethods methods;
  private @Nullable DirectorySizes directorySizes;
  private boolean hasAskedForSizes;
  private @Nullable String stop;
  private int hangs;
  private long shrinkNanos;

  /// A session that closes the target in the end.
  public Session(Target target, RunSettings settings) {
    this(target, settings, new Probers(), true);
  }

  /// A session that uses probers of its caller, for one run after the other. It closes the target in the end, and leaves
  /// them.
  public Session(Target target, RunSettings settings, Probers probers) {
    this(target, settings, probers, false);
  }

  private Session(Target target, RunSettings settings, Probers probers, boolean ownsProbers) {
    this.target = target;
    this.methods = new OfferedMethods(target.features());
    this.settings = settings;
    this.probers = probers;
    this.ownsProbers = ownsProbers;
    lanes.add(new Lane(this));
  }

  /// What is under test.
  public Target target() {
    return target;
  }

  /// What the user chose.
  public RunSettings settings() {
    return settings;
  }

  /// Mounts or serves the target for the first time.
  ///
  /// @throws TargetUnavailable when that does not work; nothing can be judged then
  public void open() {
    if (target.kind().equals(Kind.GRPC.word())) {
      sharedStore.store();
    } else {
      lane(0).shared().mount();
    }
  }

  SharedStore sharedStore() {
    return sharedStore;
  }

  /// Which sizes of directories services take that do not declare it; they are asked once.
  synchronized Optional<DirectorySizes> directorySizes(Supplier<Dialog> dialog) {
    if (!hasAskedForSizes) {
      Dialog probe = dialog.get();
      directorySizes =
          SizeRuleProbe.ask(messages -> probe.call(StoreMethod.DIRECTORY_PUT, messages))
              .orElse(null);
      hasAskedForSizes = true;
    }
    return Optional.ofNullable(directorySizes);
  }

  /// What a mount that failed means for a case: an error, or that it is skipped, where the store refuses a huge directory
  /// that nobody claims.
  RuntimeException unavailable(TargetException failure) {
    boolean isTooLarge = failure.getCause() instanceof StoreRefusal refusal && refusal.isTooLarge();
    return isTooLarge && target.features().value(Feature.HUGE_DIRECTORIES).isEmpty()
        ? new TestAbortedException(
            "the target does not claim "
                + Feature.HUGE_DIRECTORIES.key()
                + ", and "
                + failure.getMessage())
        : new TargetUnavailable(String.valueOf(failure.getMessage()), failure);
  }

  /// Why a method is not asked of services; empty where it is.
  Optional<String> missing(StoreMethod method, LiveStore store) {
    return methods.missing(
        method,
        question -> {
          try (StoreConnection connection = store.connect()) {
            return question.apply(
                new ServiceSurvey(connection, store.names(), settings.mountDeadline()));
          }
        });
  }

  /// One of the lanes on which cases run side by side; made when first asked for.
  public synchronized Lane lane(int index) {
    while (lanes.size() <= index) {
      lanes.add(new Lane(this));
    }
    return lanes.get(index);
  }

  Probers probers() {
    return probers;
  }

  /// Whether the run has time left to make failures smaller.
  synchronized boolean mayShrink() {
    return shrinkNanos < settings.patiently(settings.shrinking()).toNanos();
  }

  synchronized void countShrinking(long nanos) {
    shrinkNanos += nanos;
  }

  /// Which names the target can hold.
  FixtureLimits limits() {
    return FixtureLimits.of(target.features());
  }

  Fixture fixture() {
    return fixture(STANDARD, () -> target.standardFixture(settings.seed()));
  }

  /// The fixture of that name, which lanes share; made when first asked for.
  Fixture fixture(String name, Supplier<Fixture> made) {
    return fixtures.computeIfAbsent(name, _ -> limits().fit(made.get()));
  }

  /// The longest time for one script. A target that has hung often costs less from then on.
  synchronized Duration deadline() {
    Duration impatient = settings.patiently(IMPATIENT_DEADLINE);
    return hangs < HANGS_UNTIL_IMPATIENT ? settings.deadline() : impatient;
  }

  synchronized void countHang() {
    hangs++;
  }

  /// Lets no further case start.
  ///
  /// @param reason why, as a sentence
  public synchronized void stop(String reason) {
    stop = reason;
  }

  /// Why no further case may start: the time is over, or somebody has seen enough.
  synchronized Optional<String> stopped() {
    return Optional.ofNullable(stop)
        .or(() ->
            settings
                .timeLimit()
                .filter(limit -> System.nanoTime() - startNanos > limit.toNanos())
                .map(limit ->
                    "the time limit of " + limit.toSeconds() + " s was reached before this case"));
  }

  private synchronized List<Lane> lanes() {
    return List.copyOf(lanes);
  }

  @Override
  public void close() {
    lanes().forEach(Lane::close);
    if (ownsProbers) {
      probers.close();
    }
    sharedStore.close();
    target.close();
  }
}
