package io.github.storeproof.conformance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server behind TLS that knows no method, with a certificate of `localhost` that only a test trusts.
class StoreAccessTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  @TempDir private Path directory;
  private Server server;

  @BeforeEach
  void serve() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
            .useTransportSecurity(resource("cert.pem").toFile(), resource("key.pem").toFile())
            .addStreamTracerFactory(
                new ServerStreamTracer.Factory() {
                  @Override
                  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                    seen.add(String.valueOf(headers.get(AUTHORIZATION)));
                    return new ServerStreamTracer() {};
                  }
                })
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(StoreAccessTest.class.getResource("/tls/" + name)).toURI());
  }

  private Status.Code ask(String scheme, Map<String, String> environment) {
    StoreAddress address =
        StoreAddress.parse(scheme + "://localhost:" + server.getPort(), environment);
    try (StoreConnection connection = StoreConnection.to(address)) {
      return connection
          .call("snix.castore.v1.BlobService/Stat", List.of(new byte[0]).iterator(), DEADLINE)
          .code();
    }
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("file"), text).toString();
  }

  @Test
  void aTrustedCertificateAndATokenAreUsed() throws Exception {
    Map<String, String> environment =
        Map.of(
            "STOREPROOF_STORE_CA", resource("cert.pem").toString(),
            "STOREPROOF_STORE_TOKEN_FILE", file(" secret\n"));
    assertThat(ask("grpc+https", environment)).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(seen).containsExactly("Bearer secret");
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() {
    assertThat(ask("grpc+https", Map.of())).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(seen).isEmpty();
  }

  @Test
  void plainTextIsNotUnderstood() {
    assertThat(ask("grpc+http", Map.of())).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void filesThatHaveNotWhatTheyShouldAreNamed() throws Exception {
    String nothing = file(" \n");
    assertThatThrownBy(() -> ask("grpc+https", Map.of("STOREPROOF_STORE_CA", nothing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("STOREPROOF_STORE_CA is " + nothing);
    assertThatThrownBy(() -> ask("grpc+http", Map.of("STOREPROOF_STORE_TOKEN_FILE", nothing)))
        .hasMessageContaining("STOREPROOF_STORE_TOKEN_FILE is " + nothing + ", which has no token");
    assertThatThrownBy(
            () -> ask("grpc+http", Map.of("STOREPROOF_STORE_TOKEN_FILE", nothing + "-missing")))
        .hasMessageContaining("which cannot be read");
  }

  @Test
  void addressesOfAnotherFormAreRefused() {
    for (String text : List.of("grpc+https://", "grpc+https://host", "grpc+ftp://host:1")) {
      assertThatThrownBy(() -> StoreAddress.parse(text, Map.of()))
          .hasMessageContaining("address is \"" + text + "\"")
          .hasMessageContaining("grpc+https://host:port");
    }
  }
}
