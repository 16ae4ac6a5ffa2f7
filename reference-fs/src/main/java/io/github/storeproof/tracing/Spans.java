package io.github.storeproof.tracing;

import io.github.storeproof.model.B3Digest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/// Spans that are parts of each other, on one thread and in what it calls. *Thread-safe.*
final class Spans {
  /// gRPC's contexts reach the threads that answer a call; those of OpenTelemetry do not.
  private static final io.grpc.Context.Key<Context> CURRENT = io.grpc.Context.key("trace");

  private static final AttributeKey<String> DIGEST = AttributeKey.stringKey("store.digest");

  private final Tracer tracer;

  Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /// What a thread is doing.
  static Context current() {
    Context current = CURRENT.get();
    return current == null ? Context.root() : current;
  }

  /// A part of what this thread is doing.
  Span begin(String name, SpanKind kind) {
    return begin(name, kind, current());
  }

  Span begin(String name, SpanKind kind, Context parent) {
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
  }

  /// What a store is asked of some content.
  Span ofDigest(String name, B3Digest digest) {
    return begin(name, SpanKind.INTERNAL).setAttribute(DIGEST, digest.toString());
  }

  /// A context in which spans that begin are parts of this one.
  static io.grpc.Context within(Span span, io.grpc.Context outer) {
    return outer.withValue(CURRENT, Context.root().with(span));
  }

  @FunctionalInterface
  interface Step<T, E extends Exception> {
    T make() throws E;
  }

  /// Makes a step as a span, which fails as the step does.
  <T, E extends Exception> T make(Span span, Step<T, E> step) throws E {
    io.grpc.Context inner = within(span, io.grpc.Context.current());
    io.grpc.Context outer = inner.attach();
    try {
      return step.make();
    } catch (Exception e) {
      span.setStatus(StatusCode.ERROR, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      inner.detach(outer);
      span.end();
    }
  }
}
