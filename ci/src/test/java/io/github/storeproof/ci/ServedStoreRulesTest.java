package io.github.storeproof.ci;

import io.github.storeproof.conformance.junit.StoreServiceRules;
import io.github.storeproof.conformance.target.LiveStore;
import io.github.storeproof.grpc.StoreServer;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// The rules of store services as tests of the stores in memory, as the daemon serves them.
class ServedStoreRulesTest extends StoreServiceRules {
  @TempDir private static Path directory;

  @Override
  protected LiveStore serve() throws Exception {
    Path socket = directory.resolve("socket");
    StoreServer server =
        StoreServer.start(
            UnixDomainSocketAddress.of(socket),
            new MemoryBlobService(),
            new MemoryDirectoryService(SizeRule.SNIX),
            new MemoryPathInfoService());
    return at("grpc+unix://" + socket, server::close);
  }

  @Override
  protected Map<String, String> features() {
    return Map.of("store-package", "snix", "directory-size", "snix");
  }
}
