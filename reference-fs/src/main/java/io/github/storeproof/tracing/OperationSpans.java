package io.github.storeproof.tracing;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.watch.FuseOperation;
import io.github.storeproof.watch.OperationWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/// Spans of a filesystem's operations. *Thread-safe.*
final class OperationSpans implements OperationWatch {
  private static final AttributeKey<Long> NODE = AttributeKey.longKey("fuse.node_id");
  private static final AttributeKey<Long> BYTES = AttributeKey.longKey("fuse.bytes");
  private static final AttributeKey<String> ERRNO = AttributeKey.stringKey("fuse.errno");

  private final Spans spans;

  OperationSpans(Spans spans) {
    this.spans = spans;
  }

  @Override
  public Running begin(FuseOperation operation, long nodeId) {
    Span span = spans.begin("fuse." + operation.label(), SpanKind.SERVER);
    span.setAttribute(NODE, nodeId);
    return new Traced(span);
  }

  /// An operation on the thread that makes it.
  private static final class Traced implements Running {
    private final Span span;
    private final io.grpc.Context inner;
    private final io.grpc.Context outer;

    Traced(Span span) {
      this.span = span;
      inner = Spans.within(span, io.grpc.Context.current());
      outer = inner.attach();
    }

    /// Only EIO says that something is wrong; the others are answers.
    @Override
    public void end(@Nullable Errno refusal) {
      inner.detach(outer);
      if (refusal != null) {
        span.setAttribute(ERRNO, refusal.name());
        if (refusal == Errno.EIO) {
          span.setStatus(StatusCode.ERROR);
        }
      }
      span.end();
    }

    @Override
    public void read(long bytes) {
      span.setAttribute(BYTES, bytes);
    }

    /// A span that does not end is not told of.
    @Override
    public void drop() {
      inner.detach(outer);
    }
  }
}
