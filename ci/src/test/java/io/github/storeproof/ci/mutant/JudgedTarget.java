package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.Target;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A mutant of which the tests make the mounts themselves, without a profile and a process for each. *Thread-safe.*
abstract class JudgedTarget implements Target {
  final SharedStore shared;
  private final String name;
  private final Features features;
  private final Queue<LiveMount> mounts = new ConcurrentLinkedQueue<>();

  /// A target with that name and those claims.
  JudgedTarget(String name, Features features, SharedStore shared) {
    this.name = name;
    this.features = features;
    this.shared = shared;
  }

  /// Claims of features, and what is said of some of them.
  static Features claims(Iterable<Feature> claimed, Map<Feature, String> said) {
    Map<Feature, String> claims = new EnumMap<>(Feature.class);
    claimed.forEach(feature -> claims.put(feature, "true"));
    claims.putAll(said);
    return Features.of(claims);
  }

  /// Shows a fixture; [#close] ends it.
  abstract LiveMount mount(Fixture fixture, Duration deadline) throws TargetException;

  @Override
  public final LiveMount start(Fixture fixture, Duration deadline) throws TargetException {
    LiveMount mount = mount(fixture, deadline);
    mounts.add(mount);
    return mount;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String kind() {
    return "mount";
  }

  @Override
  public final Features features() {
    return features;
  }

  @Override
  public final Map<String, String> knownFailures() {
    return Map.of();
  }

  @Override
  public Fixture standardFixture(long seed) {
    return shared.standardFixture(seed);
  }

  @Override
  public final Optional<Path> files() {
    return Optional.empty();
  }

  @Override
  public final boolean takesAnyFixture() {
    return true;
  }

  @Override
  public final boolean canRefresh() {
    return true;
  }

  @Override
  public final void close() {
    mounts.forEach(LiveMount::close);
  }
}
