package io.github.storeproof.grpc;

import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.nar.NarHashes;
import io.github.storeproof.store.nar.Nars;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Three stores, served at one address: under their names in the packages of snix and of tvix, which
/// are the same on the wire, and with the health service. *Thread-safe.*
public final class StoreServer implements AutoCloseable {
  /// The largest message that is taken: a directory of some 400,000 entries.
  public static final int MOST_MESSAGE_BYTES = 64 << 20;

  /// How many calls one connection makes at a time; more wait.
  private static final int MOST_CALLS = 512;

  private static final Duration END_PATIENCE = Duration.ofSeconds(2);

  // Of a unix socket that was made here.
  private final Optional<Path> socketFile;
  private final EventLoopGroup loops;
  private final SilentCalls silentCalls;
  private final Server server;

  private StoreServer(
      Optional<Path> socketFile, EventLoopGroup loops, SilentCalls silentCalls, Server server) {
    this.socketFile = socketFile;
    this.loops = loops;
    this.silentCalls = silentCalls;
    this.server = server;
  }

  /// Starts to serve.
  ///
  /// @param address of a unix socket or of TCP; a socket's file that nobody serves any more is
  ///     replaced
  /// @throws IOException when it cannot listen there
  public static StoreServer start(
      SocketAddress address,
      BlobService blobs,
      DirectoryService directories,
      PathInfoService pathInfos)
      throws IOException {
    return start(address, ServerSettings.DEFAULT, blobs, directories, pathInfos);
  }

  /// Starts to serve with other settings.
  public static StoreServer start(
      SocketAddress address,
      ServerSettings settings,
      BlobService blobs,
      DirectoryService directories,
      PathInfoService pathInfos)
      throws IOException {
    if (address instanceof UnixDomainSocketAddress unix) {
      StaleSocket.remove(unix);
    }
    ChannelFactory<ServerChannel> sockets =
        address instanceof UnixDomainSocketAddress
            ? NioServerDomainSocketChannel::new
            : NioServerSocketChannel::new;
    return start(address, sockets, false, settings, blobs, directories, pathInfos);
  }

  /// Starts to serve on a socket that listens already, whose file stays.
  public static StoreServer start(
      ServerSocketChannel passed,
      ServerSettings settings,
      BlobService blobs,
      DirectoryService directories,
      PathInfoService pathInfos)
      throws IOException {
    SocketAddress address = passed.getLocalAddress();
    return start(
        address,
        () -> PassedSocket.channelOf(passed, address),
        true,
        settings,
        blobs,
        directories,
        pathInfos);
  }

  private static StoreServer start(
      SocketAddress address,
      ChannelFactory<ServerChannel> sockets,
      boolean isPassed,
      ServerSettings settings,
      BlobService blobs,
      DirectoryService directories,
      PathInfoService pathInfos)
      throws IOException {
    boolean isUnix = address instanceof UnixDomainSocketAddress;
    EventLoopGroup loops = EventLoops.create();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelFactory(sockets)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(MOST_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(MOST_CALLS);
    if (isUnix) {
      // An option of TCP, which is set for all; no value takes it away.
      builder.withChildOption(ChannelOption.SO_KEEPALIVE, null);
    }
    addServices(builder, blobs, directories, pathInfos);
    SilentCalls silentCalls = new SilentCalls(settings.silenceLimit());
    builder.intercept(silentCalls);
    try {
      secure(builder, settings.security());
      // The last one is the outermost.
      settings.watchers().forEach(builder::intercept);
      Server server = builder.build().start();
      Optional<Path> socketFile = isPassed ? Optional.empty() : fileOf(address);
      if (socketFile.isPresent()) {
        protect(socketFile.get(), settings.security());
      }
      return new StoreServer(socketFile, loops, silentCalls, server);
    } catch (IOException | RuntimeException e) {
      silentCalls.close();
      var _ = loops.shutdownGracefully();
      throw e;
    }
  }

  private static Optional<Path> fileOf(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress unix
        ? Optional.of(unix.getPath())
        : Optional.empty();
  }

  private static void protect(Path socketFile, ServerSecurity security) throws IOException {
    if (security.socketMode().isPresent()) {
      Files.setPosixFilePermissions(socketFile, security.socketMode().get());
    }
  }

  private static void secure(NettyServerBuilder builder, ServerSecurity security)
      throws IOException {
    if (security.tls().isPresent()) {
      ServerSecurity.Tls tls = security.tls().get();
      try {
        builder.useTransportSecurity(tls.certificate().toFile(), tls.key().toFile());
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "certificate " + tls.certificate() + " and key " + tls.key() + ": " + e.getMessage(),
            e);
      }
    }
    if (security.token().isPresent()) {
      builder.intercept(security.token().get().required());
    }
  }

  /// Adds all services to a server.
  static void addServices(
      ServerBuilder<?> builder,
      BlobService blobs,
      DirectoryService directories,
      PathInfoService pathInfos) {
    for (ServerServiceDefinition service :
        List.of(
            new BlobEndpoint(blobs).bindService(),
            new DirectoryEndpoint(directories).bind(),
            new PathInfoEndpoint(pathInfos, new NarHashes(new Nars(blobs, directories)))
                .bindService())) {
      builder.addService(service);
      builder.addService(inTvix(service));
    }
    builder.addService(new HealthStatusManager().getHealthService());
    builder.addService(ProtoReflectionServiceV1.newInstance());
    builder.addService(ReflectionAlpha.service());
  }

  private static ServerServiceDefinition inTvix(ServerServiceDefinition snix) {
    String name = snix.getServiceDescriptor().getName().replaceFirst("^snix[.]", "tvix.");
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(name);
    snix.getMethods().forEach(method -> service.addMethod(renamed(name, method)));
    return service.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> renamed(
      String service, ServerMethodDefinition<Q, R> method) {
    String bare = method.getMethodDescriptor().getBareMethodName();
    return ServerMethodDefinition.create(
        method.getMethodDescriptor().toBuilder()
            .setFullMethodName(service + '/' + bare)
            .setSchemaDescriptor(null)
            .build(),
        method.getServerCallHandler());
  }

  /// The port, where it listens on TCP.
  public int port() {
    return server.getPort();
  }

  /// Waits until it is closed.
  public void awaitEnd() throws InterruptedException {
    server.awaitTermination();
  }

  /// Ends it: what runs has a moment to come to its end.
  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
      if (socketFile.isPresent()) {
        Files.deleteIfExists(socketFile.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.shutdownNow();
    } catch (IOException e) {
      System.getLogger(StoreServer.class.getName())
          .log(System.Logger.Level.WARNING, "the socket stays", e);
    }
    silentCalls.close();
    var _ = loops.shutdownGracefully(0, END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
