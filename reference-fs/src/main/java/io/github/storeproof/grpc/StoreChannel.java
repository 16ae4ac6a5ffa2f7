package io.github.storeproof.grpc;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// A connection to store services, made when it is first used and again when it was lost. *Thread-safe.*
public final class StoreChannel implements AutoCloseable {
  // Servers in Rust reset a call whose authority is the path of a socket.
  private static final String UNIX_AUTHORITY = "localhost";

  private final EventLoopGroup loops = EventLoops.create();
  private final ManagedChannel channel;
  private final Channel calls;

  /// @param address of a unix socket or of TCP
  /// @param authority the name of the other side; that of a unix socket is `localhost`
  public StoreChannel(SocketAddress address, String authority) {
    this(address, authority, ClientSecurity.NONE);
  }

  /// A connection of one who proves itself.
  ///
  /// @throws IllegalArgumentException when the trusted certificates cannot be read
  public StoreChannel(SocketAddress address, String authority, ClientSecurity security) {
    boolean isUnix = address instanceof UnixDomainSocketAddress;
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address)
            .eventLoopGroup(loops)
            .channelType(isUnix ? NioDomainSocketChannel.class : NioSocketChannel.class)
            .overrideAuthority(isUnix ? UNIX_AUTHORITY : authority)
            .negotiationType(security.isTls() ? NegotiationType.TLS : NegotiationType.PLAINTEXT)
            .maxInboundMessageSize(StoreServer.MOST_MESSAGE_BYTES);
    if (isUnix) {
      // An option of TCP, which is set for all; no value takes it away.
      builder.withOption(ChannelOption.SO_KEEPALIVE, null);
    }
    security.trusted().ifPresent(file -> builder.sslContext(trusting(file)));
    channel = builder.build();
    calls =
        security
            .token()
            .map(token -> ClientInterceptors.intercept(channel, carrying(token.credentials())))
            .orElse(channel);
  }

  private static SslContext trusting(Path certificates) {
    try {
      return GrpcSslContexts.forClient().trustManager(certificates.toFile()).build();
    } catch (SSLException e) {
      throw new IllegalArgumentException(
          "certificates " + certificates + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static ClientInterceptor carrying(CallCredentials credentials) {
    return new ClientInterceptor() {
      @Override
      public <Q, R> ClientCall<Q, R> interceptCall(
          MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return next.newCall(method, options.withCallCredentials(credentials));
      }
    };
  }

  /// The connection itself.
  public ManagedChannel channel() {
    return channel;
  }

  /// What calls are made on.
  public Channel calls() {
    return calls;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    var _ = loops.shutdownGracefully(100, 1000, TimeUnit.MILLISECONDS);
  }
}
