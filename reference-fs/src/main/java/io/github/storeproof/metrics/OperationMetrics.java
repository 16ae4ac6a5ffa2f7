package io.github.storeproof.metrics;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.watch.FuseOperation;
import io.github.storeproof.watch.OperationWatch;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Measures the operations of a filesystem. *Thread-safe.*
public final class OperationMetrics implements OperationWatch {
  private final Map<FuseOperation, DistributionDataPoint> times =
      new EnumMap<>(FuseOperation.class);
  private final Counter errors;
  private final Counter readBytes;

  public OperationMetrics(Metrics metrics) {
    Histogram all =
        metrics.times(
            "castore_fuse_seconds", "How long operations of the filesystem took.", "operation");
    for (FuseOperation operation : FuseOperation.values()) {
      times.put(operation, all.labelValues(operation.label()));
    }
    errors =
        metrics.counter(
            "castore_fuse_errors",
            "Operations of the filesystem that were refused.",
            "operation",
            "errno");
    readBytes = metrics.counter("castore_fuse_read_bytes", "Bytes of files that were read.");
  }

  @Override
  public Running begin(FuseOperation operation, long nodeId) {
    return new Measured(operation);
  }

  private final class Measured implements Running {
    private final FuseOperation operation;
    private final long startNanos = System.nanoTime();

    Measured(FuseOperation operation) {
      this.operation = operation;
    }

    @Override
    public void end(@Nullable Errno refusal) {
      if (refusal != null) {
        errors.labelValues(operation.label(), refusal.name()).inc();
      }
      DistributionDataPoint of = times.get(operation);
      if (of != null) {
        of.observe((System.nanoTime() - startNanos) / Metrics.NANOS_OF_A_SECOND);
      }
    }

    @Override
    public void read(long bytes) {
      readBytes.inc(bytes);
    }
  }
}
