package io.github.storeproof.app;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.metrics.CallMetrics;
import io.github.storeproof.metrics.Metrics;
import io.github.storeproof.metrics.MetricsServer;
import io.github.storeproof.metrics.OperationMetrics;
import io.github.storeproof.store.blob.Damage;
import io.github.storeproof.tracing.Tracing;
import io.github.storeproof.watch.WatchedCalls;
import io.github.storeproof.watch.WatchedOperations;
import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Metrics and traces of a process, as far as they were asked for. Closing sends what is still to tell, once. *Thread-safe.*
record Watching(Optional<MetricsServer> server, Optional<Tracing> tracing)
    implements AutoCloseable {
  static final Watching NOTHING = new Watching(Optional.empty(), Optional.empty());

  private Optional<Metrics> metrics() {
    return server.map(MetricsServer::metrics);
  }

  /// A filesystem, watched.
  FuseOperations watched(FuseOperations operations) {
    FuseOperations measured =
        metrics()
            .<FuseOperations>map(to -> new WatchedOperations(operations, new OperationMetrics(to)))
            .orElse(operations);
    return tracing
        .<FuseOperations>map(to -> new WatchedOperations(measured, to.operations()))
        .orElse(measured);
  }

  /// Stores, watched.
  Stores watched(Stores stores) {
    return tracing
        .map(to ->
            new Stores(
                to.traced(stores.blobs()),
                to.traced(stores.directories()),
                to.traced(stores.pathInfos())))
        .orElse(stores);
  }

  /// Sees how many things wait in a queue for a far store.
  void watchQueue(Path directory, LongSupplier waitingCount) {
    metrics().ifPresent(to -> to.tellWaiting(directory.toString(), waitingCount));
  }

  /// Sees what a store finds to be corrupt.
  void watchDamage(Path directory, Damage damage) {
    metrics().ifPresent(to -> to.tellCorrupt(directory.toString(), damage::refusedCount));
  }

  /// What sees each call of a server.
  List<ServerInterceptor> serverCalls() {
    return Stream.concat(
            metrics().map(CallMetrics::ofServer).stream(),
            tracing.map(Tracing::serverCalls).stream())
        .map(WatchedCalls::ofServer)
        .toList();
  }

  /// What sees each call of a client.
  List<ClientInterceptor> clientCalls() {
    return Stream.concat(
            metrics().map(CallMetrics::ofClient).stream(),
            tracing.map(Tracing::clientCalls).stream())
        .map(WatchedCalls::ofClient)
        .toList();
  }

  @Override
  public void close() {
    server.ifPresent(MetricsServer::close);
    tracing.ifPresent(Tracing::close);
  }
}
