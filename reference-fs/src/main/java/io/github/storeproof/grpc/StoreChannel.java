package io.github.storeproof.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;

/// A connection to store services, made when it is first used and again when it was lost. *Thread-safe.*
public final class StoreChannel implements AutoCloseable {
  // Servers in Rust reset a call whose authority is the path of a socket.
  private static final String UNIX_AUTHORITY = "localhost";

  private final EventLoopGroup loops = EventLoops.create();
  private final ManagedChannel channel;

  /// @param address of a unix socket or of TCP
  /// @param authority the name of the other side; that of a unix socket is `localhost`
  public StoreChannel(SocketAddress address, String authority) {
    boolean isUnix = address instanceof UnixDomainSocketAddress;
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address)
            .eventLoopGroup(loops)
            .channelType(isUnix ? NioDomainSocketChannel.class : NioSocketChannel.class)
            .overrideAuthority(isUnix ? UNIX_AUTHORITY : authority)
            .negotiationType(NegotiationType.PLAINTEXT)
            .maxInboundMessageSize(StoreServer.MOST_MESSAGE_BYTES);
    if (isUnix) {
      // An option of TCP, which is set for all; no value takes it away.
      builder.withOption(ChannelOption.SO_KEEPALIVE, null);
    }
    channel = builder.build();
  }

  /// What calls are made on.
  public ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    var _ = loops.shutdownGracefully(100, 1000, TimeUnit.MILLISECONDS);
  }
}
