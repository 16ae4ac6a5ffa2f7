package io.github.storeproof.conformance.store;

import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// gRPC over unix sockets and TCP, with the thread that moves its bytes. Listeners are called on it, and must not wait: what passes
/// through the fault proxy changes threads nowhere, which would cost more than all else that is done with it. *Thread-safe.*
final class Sockets implements AutoCloseable {
  private static final int THREADS = 1;
  private static final int MOST_MESSAGE_BYTES = 64 << 20;

  /// The smallest that the protocol knows.
  private static final int NARROW_BYTES = 65_535;

  // Held here, because a logger that nobody holds loses its level.
  private static final List<Logger> QUIET =
      Stream.of("io.netty", "io.grpc").map(Logger::getLogger).toList();

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          THREADS, new DefaultThreadFactory("grpc-io", true), NioIoHandler.newFactory());

  /// With loggers quiet: what a broken target does to a connection is for the report, not for the
  /// terminal.
  Sockets() {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  /// A connection, made when it is first used.
  ManagedChannel channel(StoreAddress address) {
    return builder(address).build();
  }

  /// The same, on which a server can send little before the client reads.
  ManagedChannel narrow(StoreAddress address) {
    return builder(address).flowControlWindow(NARROW_BYTES).build();
  }

  private NettyChannelBuilder builder(StoreAddress address) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address.socket())
            .eventLoopGroup(loops)
            .channelType(address.isUnix() ? NioDomainSocketChannel.class : NioSocketChannel.class)
            .overrideAuthority(address.authority())
            .directExecutor()
            .maxInboundMessageSize(MOST_MESSAGE_BYTES);
    address.access().secure(builder);
    if (address.isUnix()) {
      // An option of TCP, which is set for all; no value takes it away.
      builder.withOption(ChannelOption.SO_KEEPALIVE, null);
    }
    return builder;
  }

  /// A server of all methods that a registry knows, not yet started.
  Server server(SocketAddress address, HandlerRegistry methods) {
    boolean isUnix = address instanceof UnixDomainSocketAddress;
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelType(isUnix ? NioServerDomainSocketChannel.class : NioServerSocketChannel.class)
            .directExecutor()
            .maxInboundMessageSize(MOST_MESSAGE_BYTES)
            .fallbackHandlerRegistry(methods);
    if (isUnix) {
      builder.withChildOption(ChannelOption.SO_KEEPALIVE, null);
    }
    return builder.build();
  }

  @Override
  public void close() {
    var _ = loops.shutdownGracefully(100, 1000, TimeUnit.MILLISECONDS);
  }
}
