package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.store.Faults;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.transport.fusedev.Mount;
import io.github.storeproof.transport.fusedev.MountException;
import io.github.storeproof.transport.fusedev.MountOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// A mount that the JVM of the tests serves. *Thread-safe.*
final class WrappedMount implements LiveMount {
  private final Fixture fixture;
  private final Backing backing;
  private final Mount mount;

  private WrappedMount(Fixture fixture, Backing backing, Mount mount) {
    this.fixture = fixture;
    this.backing = backing;
    this.mount = mount;
  }

  /// What a mount shows.
  interface Backing extends AutoCloseable {
    /// Adds store paths.
    void add(Fixture additional) throws Exception;

    /// The faults of its store, where there are some.
    default Optional<Faults> faults() {
      return Optional.empty();
    }

    @Override
    void close();
  }

  /// Mounts operations of any kind.
  static WrappedMount of(
      Fixture fixture, Backing backing, MountOptions options, FuseOperations operations)
      throws TargetException {
    try {
      return new WrappedMount(fixture, backing, Mount.mount(options, operations));
    } catch (MountException e) {
      throw new TargetException("cannot mount: " + e.getMessage(), e);
    }
  }

  static WrappedMount of(
      Fixture fixture, Mutant.Wrapped wrapped, SharedStore.Installed installed, Path point)
      throws TargetException {
    MountOptions options = MountOptions.at(bytes(point)).withThreadCount(wrapped.threadCount());
    try {
      return new WrappedMount(
          fixture,
          installed,
          installed.store().mount(options, wrapped.isRootListed(), wrapped.wrapping()));
    } catch (MountException e) {
      throw new TargetException("cannot mount: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] root() {
    return mount.mountPoint().toBytes();
  }

  @Override
  public Fixture fixture() {
    return fixture;
  }

  /// The server is the JVM of the tests, which says nothing of a server.
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
    return !endsWithin(Duration.ZERO);
  }

  private boolean endsWithin(Duration time) {
    try {
      return mount.awaitUnmounted(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Optional<Faults> faults() {
    return backing.faults();
  }

  @Override
  public boolean refreshable() {
    return true;
  }

  @Override
  public void refresh(Fixture additional) throws TargetException {
    try {
      backing.add(additional);
    } catch (Exception e) {
      throw new TargetException("cannot add paths: " + e.getMessage(), e);
    }
  }

  @Override
  public void abort() {
    mount.abort();
  }

  @Override
  public void close() {
    mount.close();
    backing.close();
  }
}
