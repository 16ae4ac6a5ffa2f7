package io.github.storeproof.tracing;

import io.github.storeproof.store.blob.BlobService;
import io.github.storeproof.store.directory.DirectoryService;
import io.github.storeproof.store.pathinfo.PathInfoService;
import io.github.storeproof.watch.CallWatch;
import io.github.storeproof.watch.OperationWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Sends spans to a collector. A collector that is slow, or down, costs spans, not time. *Thread-safe.*
public final class Tracing implements AutoCloseable {
  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
  private static final String SCOPE = "io.github.storeproof";
  private static final Duration EXPORT_LIMIT = Duration.ofSeconds(5);
  private static final int CLOSE_SECONDS = 6;

  private final SdkTracerProvider provider;
  private final Spans spans;
  private boolean isClosed;

  /// @param service who tells: `castore-mount`
  /// @param share of all traces that begin here, from 0 to 1; what is part of a trace from elsewhere is told if that is
  public Tracing(String service, double share, SpanProcessor processor) {
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault().merge(Resource.builder().put(SERVICE_NAME, service).build()))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
            .addSpanProcessor(processor)
            .build();
    spans = new Spans(provider.get(SCOPE));
  }

  /// Sends spans by OTLP over HTTP.
  ///
  /// @param collector `http://localhost:4318`; `/v1/traces` is added
  public static Tracing to(URI collector, String service, double share) {
    String base = collector.toString().replaceAll("/+$", "");
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(base + "/v1/traces")
            .setTimeout(EXPORT_LIMIT)
            .build();
    return new Tracing(service, share, BatchSpanProcessor.builder(exporter).build());
  }

  /// Of the operations of a filesystem, each of which begins a trace.
  public OperationWatch operations() {
    return new OperationSpans(spans);
  }

  /// Of the calls that a server answers, as parts of what their clients do.
  public CallWatch serverCalls() {
    return CallSpans.ofServer(spans);
  }

  /// Of the calls of a client.
  public CallWatch clientCalls() {
    return CallSpans.ofClient(spans);
  }

  /// Blobs with a span of each question.
  public BlobService traced(BlobService service) {
    return new TracedBlobs(service, spans);
  }

  /// Directories with a span of each question.
  public DirectoryService traced(DirectoryService service) {
    return new TracedDirectories(service, spans);
  }

  /// Path infos with a span of each question.
  public PathInfoService traced(PathInfoService service) {
    return new TracedPathInfos(service, spans);
  }

  /// Sends what there is still to tell; once, for whoever comes first.
  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      var _ = provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
