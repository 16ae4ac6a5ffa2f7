package io.github.storeproof.conformance.store;

import io.grpc.Channel;
import io.grpc.HandlerRegistry;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A gRPC server before a store: it passes on every method of every service, byte by byte, but for
/// the [Faults] that are switched on. *Thread-safe.*
final class FaultProxy implements AutoCloseable {
  private final Sockets sockets;
  private final Path socket;
  private final Methods methods;
  private final Faults faults;
  private @Nullable Server onSocket;
  private @Nullable Server onPort;
  private int port;

  /// A proxy that listens on a unix socket.
  ///
  /// @param socket its path
  FaultProxy(Sockets sockets, Path socket, Channel store, ServicePackage names) throws IOException {
    this.sockets = sockets;
    this.socket = socket;
    this.faults =
        new Faults(
            new BlobLayout(store, names),
            new Faults.Switch() {
              @Override
              public void takeDown() {
                stopListening();
              }

              @Override
              public void putBack() {
                listenAgain();
              }
            });
    this.methods = new Methods(store, new Plans(faults));
    listen();
  }

  Faults faults() {
    return faults;
  }

  /// As a mount is told it.
  String unixAddress() {
    return "grpc+unix://" + socket;
  }

  Path socket() {
    return socket;
  }

  /// The same over TCP, on a port of this machine that is taken when this is first asked.
  synchronized String tcpAddress() throws IOException {
    if (onPort == null) {
      onPort = sockets.server(loopback(0), methods).start();
      port = onPort.getPort();
    }
    return "grpc+http://127.0.0.1:" + port;
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private synchronized void listen() throws IOException {
    if (onSocket == null) {
      Files.deleteIfExists(socket);
      onSocket = sockets.server(UnixDomainSocketAddress.of(socket), methods).start();
    }
    if (onPort == null && port != 0) {
      onPort = sockets.server(loopback(port), methods).start();
    }
  }

  private void listenAgain() {
    try {
      listen();
    } catch (IOException e) {
      throw new UncheckedIOException("the fault proxy cannot listen again", e);
    }
  }

  private synchronized void stopListening() {
    stop(onSocket);
    stop(onPort);
    onSocket = null;
    onPort = null;
  }

  private static void stop(@Nullable Server server) {
    if (server == null) {
      return;
    }
    server.shutdownNow();
    try {
      server.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopListening();
  }

  /// All methods there could be.
  private static final class Methods extends HandlerRegistry {
    private final Channel store;
    private final Plans plans;

    Methods(Channel store, Plans plans) {
      this.store = store;
      this.plans = plans;
    }

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
      return ServerMethodDefinition.create(
          RawMessages.method(name),
          (mount, headers) -> {
            ForwardedCall call = new ForwardedCall(mount, headers, store, plans);
            call.start();
            return call;
          });
    }
  }
}
