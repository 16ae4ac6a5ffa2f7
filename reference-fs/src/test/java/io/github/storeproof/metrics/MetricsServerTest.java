package io.github.storeproof.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.TinyTree;
import io.github.storeproof.watch.WatchedCalls;
import io.github.storeproof.watch.WatchedOperations;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The metrics of a filesystem and of a service, read as Prometheus reads them.
@Timeout(120)
class MetricsServerTest {
  private final Metrics metrics = new Metrics();
  private MetricsServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        MetricsServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    URI uri =
        new URI(
            "http",
            null,
            InetAddress.getLoopbackAddress().getHostAddress(),
            server.port(),
            path,
            null,
            null);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void operationsOfAFilesystemAreCountedWithTheirErrors() throws Exception {
    FuseOperations operations =
        new WatchedOperations(new TinyTree(), new OperationMetrics(metrics));
    operations.getattr(FuseOperations.ROOT_ID);
    operations.getattr(FuseOperations.ROOT_ID);
    byte[] missing = "nothing".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> operations.getattr(12_345)).isInstanceOf(ErrnoException.class);
    var _ = operations.lookup(FuseOperations.ROOT_ID, missing);
    HttpResponse<String> answer = ask("GET", "/metrics");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body())
        .contains(
            "# TYPE castore_fuse_seconds histogram",
            "castore_fuse_seconds_count{operation=\"getattr\"} 3",
            "castore_fuse_seconds_bucket{operation=\"getattr\",le=\"+Inf\"} 3",
            "castore_fuse_errors_total{errno=",
            "castore_fuse_seconds_count{operation=\"lookup\"} 1");
  }

  /// Nothing changes threads: when the client has its answer, the server has counted it.
  @Test
  void callsAreCountedOnBothSides() throws Exception {
    BindableService health = new HealthStatusManager().getHealthService();
    String name = "metrics";
    Server service =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .intercept(WatchedCalls.ofServer(CallMetrics.ofServer(metrics)))
            .addService(health)
            .build()
            .start();
    ManagedChannel channel =
        InProcessChannelBuilder.forName(name)
            .directExecutor()
            .intercept(WatchedCalls.ofClient(CallMetrics.ofClient(metrics)))
            .build();
    try {
      var stub = HealthGrpc.newBlockingStub(channel);
      var _ = stub.check(HealthCheckRequest.getDefaultInstance());
      assertThatThrownBy(
              () -> stub.check(HealthCheckRequest.newBuilder().setService("none").build()))
          .hasMessageContaining("NOT_FOUND");
    } finally {
      channel.shutdownNow();
      service.shutdownNow().awaitTermination();
    }
    String method = "{method=\"grpc.health.v1.Health/Check\"";
    for (String side : new String[] {"server", "client"}) {
      assertThat(ask("GET", "/metrics").body())
          .contains(
              "castore_grpc_" + side + "_seconds_count" + method + "} 2",
              "castore_grpc_" + side + "_calls_total" + method + ",status=\"OK\"} 1",
              "castore_grpc_" + side + "_calls_total" + method + ",status=\"NOT_FOUND\"} 1");
    }
  }

  @Test
  void otherQuestionsAreRefused() throws Exception {
    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
  }
}
