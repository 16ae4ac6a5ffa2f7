package io.github.storeproof.ci.mutant;

import io.github.storeproof.ci.faultystore.FaultyStore;
import io.github.storeproof.ci.faultystore.StoreFault;
import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreAddress;
import io.github.storeproof.conformance.store.StoreConnection;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.Features;
import io.github.storeproof.conformance.target.LiveStore;
import io.github.storeproof.conformance.target.StoreTarget;
import io.github.storeproof.conformance.target.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The stand-alone store as a target.
final class FaultyStoreTarget {
  private FaultyStoreTarget() {}

  /// The store with a fault.
  ///
  /// @param directory for its files
  static StoreTarget of(StoreFault fault, Path directory) {
    Map<Feature, String> claims = new EnumMap<>(Feature.class);
    claims.put(Feature.STORE_PACKAGE, "snix");
    claims.put(Feature.DURABLE_STORE, "true");
    if (fault.claimsAllMethods()) {
      claims.put(Feature.PATH_INFOS, "true");
      claims.put(Feature.PATH_INFO_LIST, "true");
      claims.put(Feature.PUTS, "true");
    }
    if (fault == StoreFault.NOTHING_NEED_BE_PUT) {
      claims.put(Feature.PUTS, "false");
    }
    fault.directorySize().ifPresent(word -> claims.put(Feature.DIRECTORY_SIZE, word));
    return new StoreTarget(
        new StoreTarget.Claims("faulty-store", Features.of(claims), Map.of()),
        _ -> open(fault, directory));
  }

  private static LiveStore open(StoreFault fault, Path directory) throws TargetException {
    try {
      return new Live(new FaultyStore(Files.createTempDirectory(directory, "s"), fault));
    } catch (IOException e) {
      throw new TargetException("the store does not start: " + e.getMessage(), e);
    }
  }

  private record Live(FaultyStore store) implements LiveStore {
    @Override
    public StoreConnection connect() {
      return StoreConnection.to(StoreAddress.parse(store.address()));
    }

    @Override
    public ServicePackage names() {
      return ServicePackage.SNIX;
    }

    @Override
    public Optional<Path> files() {
      return Optional.of(store.files());
    }

    @Override
    public boolean healthy() {
      return StoreAddress.parse(store.address()).accepts();
    }

    @Override
    public String diagnosis() {
      return healthy() ? "it listens" : "it does not listen";
    }

    @Override
    public boolean canRestart() {
      return true;
    }

    @Override
    public void restart(Runnable between, Duration deadline) {
      store.restart(between);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
