package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.transport.fusedev.MountOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// A mutant of the reference that the JVM of the tests serves. *Thread-safe.*
class WrappedTarget extends JudgedTarget {
  private final Mutant.Wrapped wrapped;

  WrappedTarget(Mutant mutant, Mutant.Wrapped wrapped, SharedStore shared) {
    super(
        mutant.name(),
        claims(
            MutantProfile.CLAIMS,
            Map.of(Feature.LIST_ROOT, String.valueOf(wrapped.isRootListed()))),
        shared);
    this.wrapped = wrapped;
  }

  @Override
  final LiveMount mount(Fixture fixture, Duration deadline) throws TargetException {
    SharedStore.Installed installed = shared.installed(fixture);
    byte[] point = shared.mountPoint().toString().getBytes(StandardCharsets.UTF_8);
    MountOptions options = MountOptions.at(point).withThreadCount(wrapped.threadCount());
    return WrappedMount.of(
        fixture,
        installed,
        () -> installed.store().mount(options, wrapped.isRootListed(), wrapped.wrapping()));
  }
}
