package io.github.storeproof.ci.mutant;

import io.github.storeproof.castorefs.CastoreFs;
import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.conformance.store.Faults;
import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreBehind;
import io.github.storeproof.conformance.store.StoreRefusal;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.conformance.target.TargetException;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.grpc.StoreChannel;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.blob.GrpcBlobService;
import io.github.storeproof.store.directory.GrpcDirectoryService;
import io.github.storeproof.store.pathinfo.GrpcPathInfoService;
import io.github.storeproof.store.remote.RemoteStore;
import io.github.storeproof.transport.fusedev.Mount;
import io.github.storeproof.transport.fusedev.MountOptions;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A mutant of the reference before a store of the kit's, served by the JVM of the tests. *Thread-safe.*
final class StoredTarget extends JudgedTarget {
  private static final String UNIX = "grpc+unix://";

  private final Mutant.Stored stored;

  StoredTarget(Mutant mutant, Mutant.Stored stored, SharedStore shared) {
    super(
        mutant.name(),
        claims(
            MutantProfile.CLAIMS, Map.of(Feature.LIST_ROOT, "true", Feature.CHUNKED_READS, "true")),
        shared);
    this.stored = stored;
  }

  /// The cases on faults have a fixture of their own.
  @Override
  public Fixture standardFixture(long seed) {
    return FixtureCatalog.manyRoots(2);
  }

  @Override
  LiveMount mount(Fixture fixture, Duration deadline) throws TargetException {
    Path point = shared.mountPoint();
    try {
      Behind behind = Behind.of(fixture, point.resolveSibling(point.getFileName() + ".sock"));
      MountOptions options = MountOptions.at(point.toString().getBytes(StandardCharsets.UTF_8));
      CastoreFs filesystem = new CastoreFs(behind.stores(stored), true);
      return WrappedMount.of(
          fixture, behind, () -> Mount.mount(options, stored.wrapping().apply(filesystem)));
    } catch (IOException e) {
      throw new TargetException("cannot start a store: " + e.getMessage(), e);
    }
  }

  /// The store, and the way to it.
  private record Behind(StoreBehind store, StoreChannel channel) implements WrappedMount.Backing {
    static Behind of(Fixture fixture, Path socket) throws IOException {
      StoreBehind store =
          StoreBehind.open(
              new StoreBehind.Settings(null, ServicePackage.SNIX, SizeRule.SNIX, socket));
      Behind behind = new Behind(store, connect(store.unixAddress()));
      behind.add(fixture);
      return behind;
    }

    private static StoreChannel connect(String address) {
      return new StoreChannel(
          UnixDomainSocketAddress.of(address.substring(UNIX.length())), "localhost");
    }

    Stores stores(Mutant.Stored stored) {
      RemoteStore remote = new RemoteStore(channel.channel(), stored.deadline());
      Stores right =
          new Stores(
              new GrpcBlobService(remote),
              new GrpcDirectoryService(remote),
              new GrpcPathInfoService(remote));
      return stored.storing().of(right, remote);
    }

    @Override
    public void add(Fixture additional) {
      try {
        store.add(additional);
      } catch (StoreRefusal e) {
        throw new IllegalStateException("the kit's own store refuses nothing", e);
      }
    }

    @Override
    public Optional<Faults> faults() {
      return Optional.of(store.faults());
    }

    @Override
    public void close() {
      channel.close();
      store.close();
    }
  }

  @Override
  public boolean hasFaults() {
    return true;
  }
}
