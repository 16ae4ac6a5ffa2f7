package io.github.storeproof.ci.faultystore;

import io.grpc.Attributes;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The three store services at a unix socket, with one fault. *Thread-safe.*
public final class FaultyStore implements AutoCloseable {
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(
          2, new DefaultThreadFactory("faulty-io", true), NioIoHandler.newFactory());

  private static final Metadata.Key<String> TIMEOUT =
      Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
  private static final Attributes.Key<Object> CONNECTION = Attributes.Key.create("connection");
  private static final int LARGE_BYTES = 4 << 20;

  private final Path socket;
  private final Path files;
  private final StoreFault fault;
  private final Services services;
  private final Map<Object, Services> ofConnections = new ConcurrentHashMap<>();
  private Server server;

  /// Serves below a directory.
  public FaultyStore(Path directory, StoreFault fault) throws IOException {
    this.socket = directory.resolve("s");
    this.files = Files.createDirectory(directory.resolve("blobs"));
    this.fault = fault;
    this.services = new Services(files, fault, this::stop);
    this.server = started();
  }

  /// Its address.
  public String address() {
    return "grpc+unix://" + socket;
  }

  /// Where it keeps blobs.
  public Path files() {
    return files;
  }

  /// Stops, lets something be done to its files, and serves again.
  public void restart(Runnable between) {
    stop();
    services.restarted();
    between.run();
    try {
      server = started();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Server started() throws IOException {
    Files.deleteIfExists(socket);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .bossEventLoopGroup(LOOPS)
            .workerEventLoopGroup(LOOPS)
            .channelType(NioServerDomainSocketChannel.class)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .withChildOption(ChannelOption.SO_KEEPALIVE, null)
            .addTransportFilter(new Numbered())
            .fallbackHandlerRegistry(new Methods());
    switch (fault) {
      case HUGE_DIRECTORIES_ARE_INTERNAL,
          HUGE_DIRECTORIES_STOP_THE_SERVER,
          LARGE_REQUESTS_CLOSE_THE_CONNECTION ->
          builder.maxInboundMessageSize(64 << 20);
      case COMPRESSED_MESSAGES_ARE_TAKEN_AS_THEY_ARE ->
          builder.decompressorRegistry(
              DecompressorRegistry.emptyInstance().with(new AsTheyAre(), true));
      case DEADLINES_ARE_IGNORED -> builder.addStreamTracerFactory(new WithoutDeadline(""));
      case DEADLINES_END_WITH_THE_FIRST_MESSAGE ->
          builder.addStreamTracerFactory(new WithoutDeadline("BlobService/Read"));
      default -> {}
    }
    return builder.build().start();
  }

  private void stop() {
    server.shutdownNow();
    try {
      server.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /// The methods by name, over bytes.
  private final class Methods extends HandlerRegistry {
    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
        String name, @Nullable String authority) {
      Handler handler = services.method(name);
      if (handler == null && fault != StoreFault.UNKNOWN_METHODS_ARE_INTERNAL) {
        return null;
      }
      Handler used =
          Optional.ofNullable(handler)
              .orElseGet(() ->
                  Handler.of(_ -> {
                    throw new Refused(Status.INTERNAL);
                  }));
      return ServerMethodDefinition.create(
          method(name),
          (call, headers) -> {
            Handler own = own(name, call.getAttributes()).orElse(used);
            return ServerCalls.<byte[], byte[]>asyncBidiStreamingCall(client -> opened(own, client))
                .startCall(call, headers);
          });
    }

    /// A method that knows only what came over the same connection, where that is the fault.
    private Optional<Handler> own(String name, Attributes connection) {
      boolean isOwn =
          switch (fault) {
            case BLOBS_BELONG_TO_A_CONNECTION -> name.contains("BlobService");
            case DIRECTORIES_BELONG_TO_A_CONNECTION -> name.contains("DirectoryService");
            case PATH_INFOS_BELONG_TO_A_CONNECTION -> name.contains("PathInfoService");
            default -> false;
          };
      Object key = connection.get(CONNECTION);
      return isOwn && key != null
          ? Optional.ofNullable(
              ofConnections
                  .computeIfAbsent(
                      key, _ -> new Services(newDirectory(), fault, FaultyStore.this::stop))
                  .method(name))
          : Optional.empty();
    }

    private Path newDirectory() {
      try {
        return Files.createTempDirectory(files.getParent(), "connection");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private StreamObserver<byte[]> opened(Handler handler, StreamObserver<byte[]> client) {
      StreamObserver<byte[]> right = handler.open(client);
      return fault == StoreFault.LARGE_REQUESTS_CLOSE_THE_CONNECTION ? new Closing(right) : right;
    }
  }

  /// Takes compressed messages for what they are of.
  private static final class AsTheyAre implements Decompressor {
    @Override
    public String getMessageEncoding() {
      return "gzip";
    }

    @Override
    public InputStream decompress(InputStream compressed) {
      return compressed;
    }
  }

  /// Tells connections apart.
  private static final class Numbered extends ServerTransportFilter {
    @Override
    public Attributes transportReady(Attributes connection) {
      return connection.toBuilder().set(CONNECTION, new Object()).build();
    }
  }

  /// The library ends calls at their deadline, which it reads from a header behind this.
  private static final class WithoutDeadline extends ServerStreamTracer.Factory {
    private final String methods;

    WithoutDeadline(String methods) {
      this.methods = methods;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
      if (method.endsWith(methods)) {
        headers.discardAll(TIMEOUT);
      }
      return new ServerStreamTracer() {};
    }
  }

  /// Ends all connections at a large message.
  private final class Closing implements StreamObserver<byte[]> {
    private final StreamObserver<byte[]> right;

    Closing(StreamObserver<byte[]> right) {
      this.right = right;
    }

    @Override
    public void onNext(byte[] message) {
      if (message.length > LARGE_BYTES) {
        restart(() -> {});
      }
      right.onNext(message);
    }

    @Override
    public void onError(Throwable gone) {
      right.onError(gone);
    }

    @Override
    public void onCompleted() {
      right.onCompleted();
    }
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(name)
        .build();
  }

  /// Messages as they are.
  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
