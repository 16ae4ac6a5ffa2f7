package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.store.Faults;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.transport.fusedev.Mount;
import io.github.storeproof.transport.fusedev.MountException;
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

  /// Something that mounts.
  @FunctionalInterface
  interface Mounting {
    Mount mount() throws MountException;
  }

  /// Mounts what shows a fixture.
  static WrappedMount of(Fixture fixture, Backing backing, Mounting mounting)
      throws TargetException {
    try {
      return new WrappedMount(fixture, backing, mounting.mount());
    } catch (MountException e) {
      throw new TargetException("cannot mount: " + e.getMessage(), e);
    }
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
