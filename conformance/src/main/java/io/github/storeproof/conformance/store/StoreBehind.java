package io.github.storeproof.conformance.store;

import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.model.SizeRule;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The store behind one mount, and the proxy between them. *Thread-safe.*
public final class StoreBehind implements AutoCloseable {
  private final Sockets sockets = new Sockets();
  private final Contents contents;
  private final ManagedChannel channel;
  private final @Nullable Server own;
  private final FaultProxy proxy;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /// Where fixtures go.
  private sealed interface Contents {
    /// Into a store that runs elsewhere.
    record Pushed(FixturePush push) implements Contents {}

    /// Into the kit's own.
    record Held(FixtureStore store) implements Contents {}
  }

  private StoreBehind(Settings settings) throws IOException {
    if (settings.address() == null) {
      String name = InProcessServerBuilder.generateName();
      FixtureStore store = new FixtureStore(settings.sizeRule());
      InProcessServerBuilder server = InProcessServerBuilder.forName(name).directExecutor();
      new FixtureServices(store, settings.names()).all().forEach(server::addService);
      own = server.build().start();
      channel = InProcessChannelBuilder.forName(name).directExecutor().build();
      contents = new Contents.Held(store);
    } else {
      own = null;
      channel = sockets.channel(settings.address());
      contents =
          new Contents.Pushed(new FixturePush(channel, settings.names(), settings.sizeRule()));
    }
    proxy = new FaultProxy(sockets, settings.socket(), channel, settings.names());
  }

  /// What a profile says of a store.
  ///
  /// @param address where it listens; null when the kit is the store
  /// @param names the package of its services
  /// @param sizeRule how it counts the sizes of directories
  /// @param socket where the proxy shall listen
  public record Settings(
      @Nullable StoreAddress address, ServicePackage names, SizeRule sizeRule, Path socket) {}

  /// Connects to a store, or makes one, and starts the proxy before it.
  public static StoreBehind open(Settings settings) throws IOException {
    return new StoreBehind(settings);
  }

  /// Adds the paths of a fixture.
  ///
  /// @throws StoreRefusal when the store does not take them
  public synchronized void add(Fixture fixture) throws StoreRefusal {
    switch (contents) {
      case Contents.Pushed(FixturePush push) -> push.push(fixture);
      case Contents.Held(FixtureStore store) -> store.add(fixture);
    }
  }

  /// The proxy's address, on a unix socket.
  public String unixAddress() {
    return proxy.unixAddress();
  }

  /// The path of the socket in that address.
  public Path socket() {
    return proxy.socket();
  }

  /// The proxy's address over TCP, where it listens from the first question on.
  public String tcpAddress() throws IOException {
    return proxy.tcpAddress();
  }

  /// The faults of the proxy.
  public Faults faults() {
    return proxy.faults();
  }

  /// Ends the proxy and the connection; harmless when repeated.
  @Override
  public void close() {
    if (isClosed.getAndSet(true)) {
      return;
    }
    faults().end();
    proxy.close();
    channel.shutdownNow();
    if (own != null) {
      own.shutdownNow();
    }
    sockets.close();
  }
}
