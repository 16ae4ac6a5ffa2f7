package io.github.storeproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A collector sees one trace from a system call on a mount to the store of a daemon.
@Timeout(300)
class TracingIT {
  /// A span, and the process that told it.
  private record Told(String service, Span span) {}

  private final Map<ByteString, Told> byId = new ConcurrentHashMap<>();
  @TempDir private Path directory;
  private HttpServer collector;

  @BeforeEach
  void collect() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", this::collect);
    collector.start();
  }

  @AfterEach
  void end() {
    collector.stop(0);
  }

  private void collect(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
      for (ResourceSpans of : request.getResourceSpansList()) {
        String service =
            of.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
        for (ScopeSpans spans : of.getScopeSpansList()) {
          spans.getSpansList().forEach(span -> byId.put(span.getSpanId(), new Told(service, span)));
        }
      }
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String url() {
    InetSocketAddress at = collector.getAddress();
    return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort();
  }

  @Test
  void aReadOnAMountIsPartOfOneTraceWithTheDaemonsStore() throws Exception {
    Path tree = directory.resolve("tree");
    Files.writeString(tree, "content");
    String store = "file://" + directory.resolve("store");
    String socket = directory.resolve("socket").toString();
    var importing =
        new ProcessBuilder(CastoreProcess.castore("import", "--store-addr", store, tree.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(importing.waitFor()).isZero();
    Process daemon =
        new ProcessBuilder(
                CastoreProcess.castore(
                    "daemon", "-l", "unix:" + socket, "--store-addr", store, "--traces", url()))
            .start();
    try (BufferedReader err = daemon.errorReader()) {
      assertThat(err.readLine()).startsWith("listening on ");
      try (CastoreProcess mount =
          CastoreProcess.start(
              "\"$@\" --list-root --store-addr grpc+unix://" + socket + " --traces " + url())) {
        assertThat(mount.said).startsWith("mounted ");
        assertThat(Shell.run("cat " + mount.mountPoint + "/*")).isEqualTo("content");
      }
      daemon.destroy();
      assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      daemon.destroyForcibly();
    }
    assertThat(ways())
        .contains(
            List.of(
                "castore-mount fuse.read",
                "castore-mount store.blobs.openRead",
                "castore-mount snix.castore.v1.BlobService/Read",
                "castore-daemon snix.castore.v1.BlobService/Read",
                "castore-daemon store.blobs.openRead"));
  }

  /// Each span with all that it is part of, outermost first.
  private List<List<String>> ways() {
    return byId.values().stream()
        .map(told ->
            Stream.iterate(Optional.of(told), Optional::isPresent, now -> now.flatMap(this::whole))
                .map(now -> now.orElseThrow().service() + " " + now.orElseThrow().span().getName())
                .toList()
                .reversed())
        .toList();
  }

  private Optional<Told> whole(Told part) {
    return Optional.ofNullable(byId.get(part.span().getParentSpanId()));
  }
}
