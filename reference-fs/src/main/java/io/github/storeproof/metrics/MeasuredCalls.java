package io.github.storeproof.metrics;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Measures calls of gRPC services from their first header to their status. *Thread-safe.*
public final class MeasuredCalls {
  private final Histogram times;
  private final Counter calls;

  private MeasuredCalls(Metrics metrics, String side, String of) {
    times =
        metrics.times(
            "castore_grpc_" + side + "_seconds", "How long calls " + of + " took.", "method");
    calls =
        metrics.counter(
            "castore_grpc_" + side + "_calls", "Calls " + of + " by status.", "method", "status");
  }

  /// Measures the calls that a server answers.
  public static ServerInterceptor ofServer(Metrics metrics) {
    MeasuredCalls measured = new MeasuredCalls(metrics, "server", "of clients");
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return measured.listener(call, headers, next);
      }
    };
  }

  /// Measures the calls of a client.
  public static ClientInterceptor ofClient(Metrics metrics) {
    MeasuredCalls measured = new MeasuredCalls(metrics, "client", "of stores elsewhere");
    return new ClientInterceptor() {
      @Override
      public <Q, R> ClientCall<Q, R> interceptCall(
          MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return measured.call(method, next.newCall(method, options));
      }
    };
  }

  /// One call, which ends once.
  private final class Measured {
    private final String method;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean isOver = new AtomicBoolean();

    Measured(MethodDescriptor<?, ?> method) {
      this.method = method.getFullMethodName();
    }

    void end(Status status) {
      if (isOver.compareAndSet(false, true)) {
        times
            .labelValues(method)
            .observe((System.nanoTime() - startNanos) / Metrics.NANOS_OF_A_SECOND);
        calls.labelValues(method, status.getCode().name()).inc();
      }
    }
  }

  private <Q, R> ServerCall.Listener<Q> listener(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Measured measured = new Measured(call.getMethodDescriptor());
    ServerCall<Q, R> watched =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            super.close(status, trailers);
            measured.end(status);
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(watched, headers)) {
      @Override
      public void onCancel() {
        measured.end(Status.CANCELLED);
        super.onCancel();
      }
    };
  }

  private <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, ClientCall<Q, R> call) {
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(ClientCall.Listener<R> listener, Metadata headers) {
        Measured measured = new Measured(method);
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, @Nullable Metadata trailers) {
                measured.end(status);
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }
}
