package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.store.ServicePackage;
import io.github.storeproof.conformance.store.StoreAddress;
import io.github.storeproof.conformance.store.StoreConnection;
import io.github.storeproof.conformance.store.StoreProbe;
import io.github.storeproof.conformance.store.StoreRefusal;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Store services that somebody else serves, in this process or at an address. *Thread-safe.*
public final class ServedStore implements LiveStore {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

  private final String where;
  private final Supplier<StoreConnection> connections;
  private final BooleanSupplier listens;
  private final Runnable end;
  private final ServicePackage names;

  private ServedStore(
      String where, Supplier<StoreConnection> connections, BooleanSupplier listens, Runnable end)
      throws TargetException {
    this.where = where;
    this.connections = connections;
    this.listens = listens;
    this.end = end;
    this.names = packageOf();
  }

  /// Services of this process.
  ///
  /// @param end what is to be ended with them
  public static ServedStore inProcess(List<? extends BindableService> services, Runnable end)
      throws TargetException {
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
    services.forEach(builder::addService);
    try {
      Server server = builder.build().start();
      return new ServedStore(
          "in this process",
          () -> StoreConnection.over(InProcessChannelBuilder.forName(name).build()),
          () -> !server.isShutdown(),
          () -> {
            server.shutdownNow();
            end.run();
          });
    } catch (IOException e) {
      throw new TargetException("the services cannot be served: " + e.getMessage(), e);
    }
  }

  /// Services that listen at an address.
  ///
  /// @param end what ends them
  public static ServedStore at(String text, Runnable end) throws TargetException {
    StoreAddress address = address(text);
    if (!address.accepts()) {
      throw new TargetException("nothing listens on " + address + ", want store services");
    }
    return new ServedStore(text, () -> StoreConnection.to(address), address::accepts, end);
  }

  private static StoreAddress address(String text) throws TargetException {
    try {
      return StoreAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TargetException(String.valueOf(e.getMessage()), e);
    }
  }

  private ServicePackage packageOf() throws TargetException {
    try (StoreConnection connection = connect()) {
      return StoreProbe.packageOf(connection, PROBE_LIMIT)
          .orElseThrow(
              () -> new TargetException("there are no store services of snix or tvix " + where));
    } catch (StoreRefusal e) {
      throw new TargetException(where + ": " + e.getMessage(), e);
    }
  }

  @Override
  public StoreConnection connect() {
    return connections.get();
  }

  @Override
  public ServicePackage names() {
    return names;
  }

  @Override
  public boolean healthy() {
    return listens.getAsBoolean();
  }

  @Override
  public String diagnosis() {
    return (healthy() ? "something listens " : "nothing listens ") + where;
  }

  @Override
  public void close() {
    end.run();
  }
}
