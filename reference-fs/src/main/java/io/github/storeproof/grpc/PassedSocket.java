package io.github.storeproof.grpc;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.AbstractNioMessageChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/// Sockets that listen already when they come to this process. They are not bound again, and the
/// file of one stays when it is closed: it is that of whoever passed it.
final class PassedSocket {
  private PassedSocket() {}

  /// A socket as Netty takes it.
  static ServerChannel channelOf(ServerSocketChannel socket, SocketAddress address) {
    return address instanceof UnixDomainSocketAddress ? new Unix(socket) : new Tcp(socket);
  }

  private static final class Tcp extends NioServerSocketChannel {
    Tcp(ServerSocketChannel socket) {
      super(socket);
    }

    @Override
    protected void doBind(SocketAddress address) {}
  }

  /// Netty's own class for such sockets removes their file, and cannot be extended.
  private static final class Unix extends AbstractNioMessageChannel implements ServerChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private volatile boolean isBound;

    Unix(ServerSocketChannel socket) {
      super(null, socket, SelectionKey.OP_ACCEPT);
    }

    @Override
    protected ServerSocketChannel javaChannel() {
      return (ServerSocketChannel) super.javaChannel();
    }

    @Override
    public ChannelConfig config() {
      return config;
    }

    @Override
    public ChannelMetadata metadata() {
      return METADATA;
    }

    @Override
    public boolean isActive() {
      return isOpen() && isBound;
    }

    @Override
    protected void doBind(SocketAddress address) {
      isBound = true;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws IOException {
      SocketChannel client = javaChannel().accept();
      if (client == null) {
        return 0;
      }
      accepted.add(new NioDomainSocketChannel(this, client));
      return 1;
    }

    @Override
    protected void doClose() throws IOException {
      javaChannel().close();
    }

    @Override
    protected SocketAddress localAddress0() {
      try {
        return javaChannel().getLocalAddress();
      } catch (IOException e) {
        throw new IllegalStateException("a listening socket has an address", e);
      }
    }

    @Override
    protected boolean doWriteMessage(Object message, ChannelOutboundBuffer in) {
      throw new UnsupportedOperationException("a listening socket is not written to");
    }

    @Override
    protected boolean doConnect(SocketAddress remote, SocketAddress local) {
      throw new UnsupportedOperationException("a listening socket does not connect");
    }

    @Override
    protected void doFinishConnect() {
      throw new UnsupportedOperationException("a listening socket does not connect");
    }

    @Override
    protected SocketAddress remoteAddress0() {
      throw new UnsupportedOperationException("a listening socket has no other side");
    }

    @Override
    protected void doDisconnect() {
      throw new UnsupportedOperationException("a listening socket has no other side");
    }
  }
}
