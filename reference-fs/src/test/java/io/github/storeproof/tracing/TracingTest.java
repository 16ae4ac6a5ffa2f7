package io.github.storeproof.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.Blake3;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.watch.FuseOperation;
import io.github.storeproof.watch.OperationWatch;
import io.github.storeproof.watch.WatchedCalls;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes a span, and what it is a part of.
@Timeout(120)
class TracingTest {
  private static final B3Digest NOTHING = new Blake3().digest();

  private final InMemorySpanExporter told = InMemorySpanExporter.create();
  private final Tracing tracing = tracing(1);

  private Tracing tracing(double share) {
    return new Tracing("test", share, SimpleSpanProcessor.create(told));
  }

  @AfterEach
  void close() {
    tracing.close();
  }

  private SpanData span(String name, SpanKind kind) {
    List<SpanData> spans =
        told.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals(name) && span.getKind() == kind)
            .toList();
    assertThat(spans).as("%s %s", kind, name).hasSize(1);
    return spans.getFirst();
  }

  private static void assertPart(SpanData part, SpanData whole) {
    assertThat(part.getTraceId()).isEqualTo(whole.getTraceId());
    assertThat(part.getParentSpanId()).isEqualTo(whole.getSpanId());
  }

  /// A server that asks a store for each call.
  private static final class Asking extends HealthGrpc.HealthImplBase {
    private final BlobService blobs;

    Asking(BlobService blobs) {
      this.blobs = blobs;
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
      try {
        var _ = blobs.has(NOTHING);
        answer.onNext(HealthCheckResponse.getDefaultInstance());
        answer.onCompleted();
      } catch (StoreException e) {
        answer.onError(e);
      }
    }
  }

  /// Nothing changes threads: when the client has its answer, the server's span has ended too.
  @Test
  void oneTraceGoesFromAnOperationThroughACallToAStore() throws Exception {
    String name = "tracing";
    Server server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .intercept(WatchedCalls.ofServer(tracing.serverCalls()))
            .addService(new Asking(tracing.traced(new MemoryBlobService())))
            .build()
            .start();
    ManagedChannel channel =
        InProcessChannelBuilder.forName(name)
            .directExecutor()
            .intercept(WatchedCalls.ofClient(tracing.clientCalls()))
            .build();
    try {
      OperationWatch.Running running = tracing.operations().begin(FuseOperation.LOOKUP, 7);
      var _ = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
      running.end(null);
    } finally {
      channel.shutdownNow();
      server.shutdownNow().awaitTermination();
    }
    SpanData operation = span("fuse.lookup", SpanKind.SERVER);
    assertThat(operation.getParentSpanId()).isEqualTo(SpanId.getInvalid());
    SpanData sent = span("grpc.health.v1.Health/Check", SpanKind.CLIENT);
    assertPart(sent, operation);
    SpanData answered = span("grpc.health.v1.Health/Check", SpanKind.SERVER);
    assertPart(answered, sent);
    SpanData asked = span("store.blobs.has", SpanKind.INTERNAL);
    assertPart(asked, answered);
    assertThat(asked.getAttributes().asMap().values()).contains(NOTHING.toString());
  }

  @Test
  void whatFollowsAnOperationIsNoPartOfIt() throws Exception {
    BlobService blobs = tracing.traced(new MemoryBlobService());
    tracing.operations().begin(FuseOperation.READ, 7).end(Errno.ENOENT);
    tracing.operations().begin(FuseOperation.READ, 7).drop();
    var _ = blobs.has(NOTHING);
    assertThat(told.getFinishedSpanItems()).hasSize(2);
    assertThat(span("store.blobs.has", SpanKind.INTERNAL).getParentSpanId())
        .isEqualTo(SpanId.getInvalid());
  }

  @Test
  void onlyWhatIsWrongIsAnError() {
    tracing.operations().begin(FuseOperation.LOOKUP, 7).end(Errno.ENOENT);
    tracing.operations().begin(FuseOperation.OPEN, 7).end(Errno.EIO);
    assertThat(span("fuse.lookup", SpanKind.SERVER).getStatus().getStatusCode())
        .isEqualTo(StatusCode.UNSET);
    assertThat(span("fuse.open", SpanKind.SERVER).getStatus().getStatusCode())
        .isEqualTo(StatusCode.ERROR);
  }

  @Test
  void aStoreThatFailsIsAnError() {
    BlobService blobs = tracing.traced(new MemoryBlobService());
    assertThatThrownBy(
            () -> {
              try (var reader = blobs.openRead(NOTHING, 9).orElseThrow()) {
                var _ = reader.readAll();
              }
            })
        .isInstanceOf(StoreException.class);
    SpanData span = span("store.blobs.openRead", SpanKind.INTERNAL);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getStatus().getDescription()).contains("want 9");
  }

  @Test
  void noShareIsNothing() {
    try (Tracing none = tracing(0)) {
      none.operations().begin(FuseOperation.LOOKUP, 7).end(null);
    }
    assertThat(told.getFinishedSpanItems()).isEmpty();
  }

  /// Nothing waits for a collector that is not there: the end does, for a while.
  @Test
  void aCollectorThatIsDownCostsSpansAlone() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    Tracing lost = Tracing.to(URI.create("http://" + host + ":" + port + "/"), "test", 1);
    long startNanos = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      lost.operations().begin(FuseOperation.LOOKUP, FuseOperations.ROOT_ID).end(null);
    }
    lost.close();
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(60));
  }
}
