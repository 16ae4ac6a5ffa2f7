package io.github.storeproof.metrics;

import io.github.storeproof.watch.CallWatch;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;

/// Measures calls of gRPC services. *Thread-safe.*
public final class CallMetrics implements CallWatch {
  private final Histogram times;
  private final Counter calls;

  private CallMetrics(Metrics metrics, String side, String of) {
    times =
        metrics.times(
            "castore_grpc_" + side + "_seconds", "How long calls " + of + " took.", "method");
    calls =
        metrics.counter(
            "castore_grpc_" + side + "_calls", "Calls " + of + " by status.", "method", "status");
  }

  /// Of a server.
  public static CallMetrics ofServer(Metrics metrics) {
    return new CallMetrics(metrics, "server", "of clients");
  }

  /// Of a client.
  public static CallMetrics ofClient(Metrics metrics) {
    return new CallMetrics(metrics, "client", "of stores elsewhere");
  }

  @Override
  public Running begin(MethodDescriptor<?, ?> method, Metadata headers) {
    String name = method.getFullMethodName();
    long startNanos = System.nanoTime();
    return status -> {
      times.labelValues(name).observe((System.nanoTime() - startNanos) / Metrics.NANOS_OF_A_SECOND);
      calls.labelValues(name, status.getCode().name()).inc();
    };
  }
}
