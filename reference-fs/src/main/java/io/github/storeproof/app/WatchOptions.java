package io.github.storeproof.app;

import io.github.storeproof.metrics.Metrics;
import io.github.storeproof.metrics.MetricsServer;
import io.github.storeproof.tracing.Tracing;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Where a command tells how it is doing. Nothing is watched unless it is asked for.
final class WatchOptions {
  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      converter = Address.class,
      description =
          "Answer GET /metrics here, in Prometheus' text format (port 0: any that is free).")
  private @Nullable InetSocketAddress address;

  @Option(
      names = "--traces",
      paramLabel = "URL",
      converter = Collector.class,
      description =
          "Send traces to this OpenTelemetry collector, by OTLP over HTTP: http://localhost:4318.")
  private @Nullable URI collector;

  @Option(
      names = "--traces-share",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "How many of the traces that begin here are sent, from 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double share;

  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /// Reads addresses.
  static final class Address implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      return StoreAddress.tcp(text);
    }
  }

  /// Reads addresses of collectors.
  static final class Collector implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI uri = new URI(text);
        boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (isHttp
            && uri.getHost() != null
            && uri.getQuery() == null
            && uri.getFragment() == null) {
          return uri;
        }
      } catch (URISyntaxException _) {
        // Said below.
      }
      throw new TypeConversionException(
          "collector is '" + text + "', want http://host:port or https://host:port");
    }
  }

  /// Starts to watch this process, where that is asked for; says where its metrics are.
  ///
  /// @param service who it is in traces: `castore-mount`
  Watching start(String service) throws ListenException {
    if (!(share >= 0 && share <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--traces-share is " + share + ", want a number from 0 to 1");
    }
    InetSocketAddress at = address;
    Optional<MetricsServer> server = at == null ? Optional.empty() : Optional.of(serve(at));
    return new Watching(
        server, Optional.ofNullable(collector).map(to -> Tracing.to(to, service, share)));
  }

  private MetricsServer serve(InetSocketAddress at) throws ListenException {
    String host = at.getHostString();
    try {
      MetricsServer server = MetricsServer.start(at, new Metrics());
      PrintWriter err = spec.commandLine().getErr();
      err.println("metrics at http://" + host + ":" + server.port() + "/metrics");
      err.flush();
      return server;
    } catch (IOException e) {
      throw new ListenException(new ListenAddress(at, host + ":" + at.getPort()), e);
    }
  }
}
