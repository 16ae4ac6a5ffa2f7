package io.github.storeproof.tracing;

import io.github.storeproof.watch.CallWatch;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;

/// Spans of gRPC calls, on both sides: a client says in the header `traceparent` (W3C Trace Context) what its call is a part of.
/// *Thread-safe.*
final class CallSpans implements CallWatch {
  private static final TextMapPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("rpc.service");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");
  private static final AttributeKey<Long> STATUS = AttributeKey.longKey("rpc.grpc.status_code");

  private final Spans spans;
  private final SpanKind kind;

  private CallSpans(Spans spans, SpanKind kind) {
    this.spans = spans;
    this.kind = kind;
  }

  static CallSpans ofServer(Spans spans) {
    return new CallSpans(spans, SpanKind.SERVER);
  }

  static CallSpans ofClient(Spans spans) {
    return new CallSpans(spans, SpanKind.CLIENT);
  }

  @Override
  public Running begin(MethodDescriptor<?, ?> method, Metadata headers) {
    boolean isServer = kind == SpanKind.SERVER;
    Context parent =
        isServer ? PROPAGATOR.extract(Context.root(), headers, Headers.INSTANCE) : Spans.current();
    Span span = spans.begin(method.getFullMethodName(), kind, parent);
    span.setAttribute(SYSTEM, "grpc");
    span.setAttribute(SERVICE, String.valueOf(method.getServiceName()));
    span.setAttribute(METHOD, String.valueOf(method.getBareMethodName()));
    if (!isServer) {
      PROPAGATOR.inject(parent.with(span), headers, CallSpans::put);
    }
    return new Traced(span);
  }

  private static void put(@Nullable Metadata headers, String name, String value) {
    if (headers != null) {
      headers.put(key(name), value);
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private enum Headers implements TextMapGetter<Metadata> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Metadata headers) {
      return headers.keys();
    }

    @Override
    public @Nullable String get(@Nullable Metadata headers, String name) {
      return headers == null ? null : headers.get(key(name));
    }
  }

  private record Traced(Span span) implements Running {
    /// What is not there, and a client that goes, are no errors.
    @Override
    public void end(Status status) {
      span.setAttribute(STATUS, (long) status.getCode().value());
      switch (status.getCode()) {
        case OK, NOT_FOUND, CANCELLED -> {}
        default -> span.setStatus(StatusCode.ERROR, String.valueOf(status.getDescription()));
      }
      span.end();
    }

    @Override
    public io.grpc.Context context(io.grpc.Context outer) {
      return Spans.within(span, outer);
    }
  }
}
