package io.github.storeproof.ci.mutant;

import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureInstaller;
import io.github.storeproof.transport.fusedev.Mount;
import io.github.storeproof.transport.fusedev.MountException;
import io.github.storeproof.transport.fusedev.MountOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/// A mount that the JVM of the tests serves. *Thread-safe.*
final class WrappedMount implements LiveMount {
  private final Fixture fixture;
  private final SharedStore.Installed installed;
  private final Mount mount;

  private WrappedMount(Fixture fixture, SharedStore.Installed installed, Mount mount) {
    this.fixture = fixture;
    this.installed = installed;
    this.mount = mount;
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
  public boolean refreshable() {
    return true;
  }

  @Override
  public void refresh(Fixture additional) throws TargetException {
    if (installed.isShared()) {
      throw new TargetException("other mounts show the standard fixture: nothing may be added");
    }
    try {
      FixtureInstaller.install(additional, bytes(installed.tree()));
      installed.store().importNew();
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
    if (!installed.isShared()) {
      installed.store().close();
    }
  }
}
