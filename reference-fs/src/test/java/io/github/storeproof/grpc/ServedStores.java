package io.github.storeproof.grpc;

import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.store.remote.RemoteStore;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/// Stores that are served on a unix socket, and a connection to them.
final class ServedStores implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final StoreServer server;
  private final StoreChannel channel;

  ServedStores(
      Path directory, BlobService blobs, DirectoryService directories, PathInfoService pathInfos)
      throws IOException {
    this(directory, ServerSettings.DEFAULT, blobs, directories, pathInfos);
  }

  ServedStores(
      Path directory,
      ServerSettings settings,
      BlobService blobs,
      DirectoryService directories,
      PathInfoService pathInfos)
      throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    server = StoreServer.start(address, settings, blobs, directories, pathInfos);
    channel = new StoreChannel(address, "localhost");
  }

  RemoteStore remote() {
    return new RemoteStore(channel.channel(), DEADLINE);
  }

  StoreChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.close();
    server.close();
  }
}
