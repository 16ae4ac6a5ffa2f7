package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.target.FuseConnection;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.MountTable;
import io.github.storeproof.conformance.target.OuterCommand;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/// A mount of the [FaultyHost]. *Thread-safe.*
///
/// @param tree what it shows
record HostedMount(HostedTarget target, Fixture fixture, SharedStore.Tree tree, Path point)
    implements LiveMount {
  @Override
  public byte[] root() {
    return point.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Its server has other mounts too, so that nothing can be said of it.
  @Override
  public OptionalLong serverPid() {
    return OptionalLong.empty();
  }

  @Override
  public String diagnosis() {
    return healthy() ? "it is still mounted" : "it is no longer mounted";
  }

  @Override
  public boolean healthy() {
    return MountTable.read().at(root()).isPresent();
  }

  @Override
  public boolean refreshable() {
    return true;
  }

  @Override
  public void refresh(Fixture additional) throws TargetException {
    tree.add(additional);
  }

  @Override
  public OuterCommand unmount(Duration limit) {
    return OuterCommand.run(limit, "umount", point.toString());
  }

  @Override
  public LiveMount again(Duration deadline) throws TargetException {
    return target.mount(fixture, tree, deadline);
  }

  @Override
  public void abort() {
    MountTable.read()
        .at(root())
        .ifPresent(entry -> {
          FuseConnection.abort(entry.minor());
          FuseConnection.unmountLazily(point);
        });
  }

  @Override
  public void close() {
    abort();
  }
}
