package io.github.storeproof.app;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.grpc.BearerToken;
import io.github.storeproof.grpc.ClientSecurity;
import io.github.storeproof.grpc.StoreChannel;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.GrpcBlobService;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.directory.GrpcDirectoryService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.file.FileStore;
import io.github.storeproof.store.file.ObjectStore;
import io.github.storeproof.store.pathinfo.GrpcPathInfoService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.store.remote.RemoteStore;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Services at addresses: those of one address share a connection or a directory. Closing ends the
/// connections. *Confined.*
final class StoreConnections implements AutoCloseable {
  static final SizeRule SIZE_RULE = SizeRule.SNIX;

  /// How stores elsewhere are asked.
  ///
  /// @param deadline of each question
  /// @param trusted certificates of those behind TLS, instead of the JDK's
  /// @param token what each call carries
  /// @param watching sees each call, and what waits to be pushed
  record Reaching(
      Duration deadline, Optional<Path> trusted, Optional<BearerToken> token, Watching watching) {
    static final Reaching PLAIN =
        new Reaching(Duration.ofSeconds(10), Optional.empty(), Optional.empty(), Watching.NOTHING);
  }

  private final Reaching reaching;
  private final List<ClientInterceptor> watchers;
  private final Map<StoreAddress.Grpc, StoreChannel> channels = new HashMap<>();
  private final Map<Path, FileStore> embedded = new HashMap<>();
  private final Map<Path, ObjectStore> objects = new HashMap<>();
  private final Deque<Runnable> closings = new ArrayDeque<>();

  StoreConnections(Reaching reaching) {
    this.reaching = reaching;
    this.watchers = reaching.watching().clientCalls();
  }

  /// All three services of an address.
  Stores all(StoreAddress address) throws StoreException {
    return new Stores(blobs(address), directories(address), pathInfos(address));
  }

  BlobService blobs(StoreAddress address) throws StoreException {
    return switch (address) {
      case StoreAddress.Memory() -> new MemoryBlobService();
      case StoreAddress.Embedded(Path directory) -> embedded(directory).blobs();
      case StoreAddress.Objects(Path directory) -> objects(directory).blobs();
      case StoreAddress.Grpc grpc -> new GrpcBlobService(remote(grpc));
    };
  }

  DirectoryService directories(StoreAddress address) throws StoreException {
    return switch (address) {
      case StoreAddress.Memory() -> new MemoryDirectoryService(SIZE_RULE);
      case StoreAddress.Embedded(Path directory) -> embedded(directory).directories();
      case StoreAddress.Objects(Path directory) -> objects(directory).directories();
      case StoreAddress.Grpc grpc -> new GrpcDirectoryService(remote(grpc));
    };
  }

  PathInfoService pathInfos(StoreAddress address) throws StoreException {
    return switch (address) {
      case StoreAddress.Memory() -> new MemoryPathInfoService();
      case StoreAddress.Embedded(Path directory) -> embedded(directory).pathInfos();
      case StoreAddress.Objects(Path directory) -> objects(directory).pathInfos();
      case StoreAddress.Grpc grpc -> new GrpcPathInfoService(remote(grpc));
    };
  }

  /// The store of a directory, which must be opened once only, by whatever names it is called.
  private FileStore embedded(Path directory) throws StoreException {
    Path known = realPath(directory);
    FileStore store = embedded.get(known);
    if (store == null) {
      store = FileStore.open(directory, SIZE_RULE);
      embedded.put(realPath(directory), store);
      watching().watchDamage(directory, store.blobs().damage());
    }
    return store;
  }

  private ObjectStore objects(Path directory) throws StoreException {
    ObjectStore store = objects.get(realPath(directory));
    if (store == null) {
      store = ObjectStore.open(directory, SIZE_RULE);
      objects.put(realPath(directory), store);
      watching().watchDamage(directory, store.blobs().damage());
    }
    return store;
  }

  private static Path realPath(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      // It is not there yet.
      return directory.toAbsolutePath().normalize();
    }
  }

  private RemoteStore remote(StoreAddress.Grpc address) {
    StoreChannel channel =
        channels.computeIfAbsent(
            address,
            grpc ->
                new StoreChannel(
                    grpc.socket(),
                    grpc.authority(),
                    new ClientSecurity(
                        grpc.isTls(),
                        grpc.isTls() ? reaching.trusted() : Optional.empty(),
                        reaching.token())));
    Channel calls = ClientInterceptors.intercept(channel.calls(), watchers);
    return new RemoteStore(channel.channel(), calls, reaching.deadline());
  }

  /// Who sees what stores do.
  Watching watching() {
    return reaching.watching();
  }

  /// Ends something before the stores that it uses.
  void closeFirst(Runnable closing) {
    closings.push(closing);
  }

  @Override
  public void close() {
    closings.forEach(Runnable::run);
    for (FileStore store : embedded.values()) {
      store.close();
    }
    for (StoreChannel channel : channels.values()) {
      channel.close();
    }
  }
}
