package io.github.storeproof.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The counters, gauges and histograms of a process. *Thread-safe.* Each label has few values, which no client
/// chooses.
public final class Metrics {
  static final double NANOS_OF_A_SECOND = 1e9;

  // 2 µs to 33 s.
  private static final double SMALLEST_SECONDS = 2e-6;
  private static final double FACTOR = 4;
  private static final int BUCKETS = 13;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Map<String, LongSupplier> queues = new ConcurrentHashMap<>();
  private final Map<String, LongSupplier> stores = new ConcurrentHashMap<>();

  /// Nothing is told yet.
  public Metrics() {
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name("castore_write_back_waiting")
            .help("Things that wait to be pushed to a far store.")
            .labelNames("queue")
            .callback(tell ->
                queues.forEach((queue, count) -> tell.call((double) count.getAsLong(), queue)))
            .register(registry);
    CounterWithCallback _ =
        CounterWithCallback.builder()
            .name("castore_corrupt_reads")
            .help("Reads of content that was found to be corrupt, and was not served.")
            .labelNames("store")
            .callback(tell ->
                stores.forEach((store, count) -> tell.call((double) count.getAsLong(), store)))
            .register(registry);
  }

  /// Tells how many things wait in a queue, each time that somebody asks.
  ///
  /// @param queue its name
  public void tellWaiting(String queue, LongSupplier count) {
    queues.put(queue, count);
  }

  /// Tells how often a store found that content was corrupt, each time that somebody asks.
  ///
  /// @param store its directory
  public void tellCorrupt(String store, LongSupplier count) {
    stores.put(store, count);
  }

  /// A histogram of durations in seconds.
  Histogram times(String name, String help, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicExponentialUpperBounds(SMALLEST_SECONDS, FACTOR, BUCKETS)
        .register(registry);
  }

  Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  /// The media type of [#text].
  String mediaType() {
    return writer.getContentType();
  }

  /// Everything as it is now, in Prometheus' text format.
  byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      writer.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }
}
