package io.github.storeproof.ci.served;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.conformance.junit.StoreServiceRules;
import io.github.storeproof.conformance.target.LiveStore;
import io.github.storeproof.grpc.StoreServer;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// All rules of store services, for stores behind the endpoints of the daemon.
abstract class ServedStores extends StoreServiceRules {
  @TempDir private static Path directory;

  /// The stores to judge.
  ///
  /// @param empty a directory of their own
  abstract Opened open(Path empty) throws Exception;

  /// Stores, and what closes them after their server.
  record Opened(Stores stores, Runnable close) {}

  @Override
  protected LiveStore serve() throws Exception {
    Path socket = directory.resolve("socket");
    Opened opened = open(directory.resolve("stores"));
    StoreServer server =
        StoreServer.start(
            UnixDomainSocketAddress.of(socket),
            opened.stores().blobs(),
            opened.stores().directories(),
            opened.stores().pathInfos());
    return at(
        "grpc+unix://" + socket,
        () -> {
          server.close();
          opened.close().run();
        });
  }

  @Override
  protected Map<String, String> features() {
    return Map.of(
        "store-package", "snix",
        "directory-size", "snix",
        "path-infos", "true",
        "path-info-list", "true",
        "puts", "true");
  }
}
