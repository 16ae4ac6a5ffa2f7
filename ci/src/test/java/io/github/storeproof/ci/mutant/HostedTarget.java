package io.github.storeproof.ci.mutant;

import io.github.storeproof.ci.faulty.Fault;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A fault of the stand-alone filesystem, mounted by a process that mounts others too. *Thread-safe.*
final class HostedTarget extends JudgedTarget {
  private final Fault fault;
  private final FaultyHost host;

  HostedTarget(Fault fault, FaultyHost host, SharedStore shared) {
    super(
        fault.name(),
        claims(
            MutantProfile.PLAIN,
            Map.of(
                Feature.LIST_ROOT,
                String.valueOf(fault.isRootListed()),
                Feature.CASTORE_XATTRS,
                "false")),
        shared);
    this.fault = fault;
    this.host = host;
  }

  @Override
  LiveMount mount(Fixture fixture, Duration deadline) throws TargetException {
    return mount(fixture, shared.tree(fixture), deadline);
  }

  HostedMount mount(Fixture fixture, SharedStore.Tree tree, Duration deadline)
      throws TargetException {
    Path point = shared.mountPoint();
    host.mount(fault, point, tree.path(), deadline);
    return new HostedMount(this, fixture, tree, point);
  }
}
