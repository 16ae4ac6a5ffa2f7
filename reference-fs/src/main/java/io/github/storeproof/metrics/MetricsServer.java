package io.github.storeproof.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/// Answers `GET /metrics`. *Thread-safe.*
public final class MetricsServer implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NO_BODY = -1;

  private final Metrics metrics;
  private final HttpServer server;

  private MetricsServer(Metrics metrics, HttpServer server) {
    this.metrics = metrics;
    this.server = server;
  }

  /// Starts to answer.
  ///
  /// @param address port 0: any that is free
  /// @throws IOException when it cannot listen there
  public static MetricsServer start(InetSocketAddress address, Metrics metrics) throws IOException {
    HttpServer http = HttpServer.create(address, 0);
    MetricsServer server = new MetricsServer(metrics, http);
    http.createContext("/", server::answer);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
    return server;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
      } else {
        byte[] text = metrics.text();
        exchange.getResponseHeaders().set("Content-Type", metrics.mediaType());
        exchange.sendResponseHeaders(OK, text.length);
        exchange.getResponseBody().write(text);
      }
    }
  }

  /// What it tells of.
  public Metrics metrics() {
    return metrics;
  }

  /// Where it answers.
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
