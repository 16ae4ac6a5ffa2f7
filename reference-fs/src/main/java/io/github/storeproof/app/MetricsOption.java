package io.github.storeproof.app;

import io.github.storeproof.metrics.Metrics;
import io.github.storeproof.metrics.MetricsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where a command tells how it is doing. Nothing is measured unless it is asked for.
final class MetricsOption {
  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      converter = Address.class,
      description =
          "Answer GET /metrics here, in Prometheus' text format (port 0: any that is free).")
  private @Nullable InetSocketAddress address;

  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /// Tells until it is closed.
  @FunctionalInterface
  interface Telling extends AutoCloseable {
    @Override
    void close();
  }

  /// Reads addresses.
  static final class Address implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      return StoreAddress.tcp(text);
    }
  }

  /// The metrics of this process, when they are asked for.
  Optional<Metrics> metrics() {
    return address == null ? Optional.empty() : Optional.of(new Metrics());
  }

  /// Starts to tell of them; says where.
  Telling tell(Optional<Metrics> metrics) throws ListenException {
    InetSocketAddress at = address;
    if (at == null || metrics.isEmpty()) {
      return () -> {};
    }
    String host = at.getHostString();
    try {
      MetricsServer server = MetricsServer.start(at, metrics.get());
      PrintWriter err = spec.commandLine().getErr();
      err.println("metrics at http://" + host + ":" + server.port() + "/metrics");
      err.flush();
      return server::close;
    } catch (IOException e) {
      throw new ListenException(new ListenAddress(at, host + ":" + at.getPort()), e);
    }
  }
}
