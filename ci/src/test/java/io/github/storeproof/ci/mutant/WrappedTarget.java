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

/// A mutant of the reference that the JVM of the tests serves. *Thread-safe.*
final class WrappedTarget implements Target {
  private final Mutant mutant;
  private final Mutant.Wrapped wrapped;
  private final SharedStore shared;
  private final Queue<WrappedMount> mounts = new ConcurrentLinkedQueue<>();

  WrappedTarget(Mutant mutant, Mutant.Wrapped wrapped, SharedStore shared) {
    this.mutant = mutant;
    this.wrapped = wrapped;
    this.shared = shared;
  }

  @Override
  public String name() {
    return mutant.name();
  }

  @Override
  public String kind() {
    return "mount";
  }

  @Override
  public Features features() {
    Map<Feature, String> claims = new EnumMap<>(Feature.class);
    MutantProfile.CLAIMS.forEach(feature -> claims.put(feature, "true"));
    claims.put(Feature.LIST_ROOT, String.valueOf(wrapped.isRootListed()));
    return Features.of(claims);
  }

  @Override
  public Map<String, String> knownFailures() {
    return Map.of();
  }

  @Override
  public Fixture standardFixture(long seed) {
    return shared.standardFixture(seed);
  }

  @Override
  public LiveMount start(Fixture fixture, Duration deadline) throws TargetException {
    WrappedMount mount =
        WrappedMount.of(fixture, wrapped, shared.installed(fixture), shared.mountPoint());
    mounts.add(mount);
    return mount;
  }

  @Override
  public Optional<Path> files() {
    return Optional.empty();
  }

  @Override
  public boolean takesAnyFixture() {
    return true;
  }

  @Override
  public boolean canRefresh() {
    return true;
  }

  @Override
  public void close() {
    mounts.forEach(WrappedMount::close);
  }
}
