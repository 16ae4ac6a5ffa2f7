package io.github.storeproof.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.B3Digest;
import io.github.storeproof.model.SizeRule;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.github.storeproof.store.blob.GrpcBlobService;
import io.github.storeproof.store.blob.MemoryBlobService;
import io.github.storeproof.store.directory.MemoryDirectoryService;
import io.github.storeproof.store.pathinfo.MemoryPathInfoService;
import io.github.storeproof.store.remote.RemoteStore;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that ask for a token or speak TLS, with a certificate made for `localhost`.
class SecuredServerTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir private Path directory;

  private static StoreServer start(SocketAddress address, ServerSecurity security)
      throws IOException {
    return StoreServer.start(
        address,
        ServerSettings.DEFAULT.withSecurity(security),
        new MemoryBlobService(),
        new MemoryDirectoryService(SizeRule.SNIX),
        new MemoryPathInfoService());
  }

  private static B3Digest put(StoreChannel channel) throws StoreException {
    return new GrpcBlobService(new RemoteStore(channel.channel(), channel.calls(), DEADLINE))
        .put(MemorySegment.ofArray(new byte[] {1, 2, 3}));
  }

  private BearerToken token(String text) throws IOException {
    Path file = Files.createTempFile(directory, "token", "");
    return BearerToken.read(Files.writeString(file, text));
  }

  @Test
  void onlyCallsWithTheTokenAreServedAndHealthIsForAll() throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    ServerSecurity security =
        new ServerSecurity(
            Optional.empty(),
            Optional.of(token("secret\n")),
            Optional.of(PosixFilePermissions.fromString("rw-rw----")));
    try (StoreServer _ = start(address, security);
        StoreChannel right = channel(address, Optional.of(token("secret")));
        StoreChannel wrong = channel(address, Optional.of(token("secre")));
        StoreChannel none = channel(address, Optional.empty())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(address.getPath())))
          .isEqualTo("rw-rw----");
      assertThat(put(right)).isNotNull();
      for (StoreChannel refused : new StoreChannel[] {wrong, none}) {
        assertThatThrownBy(() -> put(refused))
            .hasMessageContaining("UNAUTHENTICATED")
            .hasMessageNotContaining("secre")
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.DENIED));
      }
      assertThat(
              HealthGrpc.newBlockingStub(none.calls())
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  private static StoreChannel channel(SocketAddress address, Optional<BearerToken> token) {
    return new StoreChannel(
        address, "localhost", new ClientSecurity(false, Optional.empty(), token));
  }

  @Test
  void aFileWithoutATokenIsRefused() {
    assertThatThrownBy(() -> token(" \n")).hasMessageContaining("has no token");
    assertThatThrownBy(() -> token("two words")).hasMessageContaining("has no token");
  }

  @Test
  void tlsIsServedToWhomTrustsTheCertificate() throws Exception {
    ServerSecurity.Tls tls = certificate();
    ServerSecurity security =
        new ServerSecurity(Optional.of(tls), Optional.empty(), Optional.empty());
    try (StoreServer server = start(new InetSocketAddress("localhost", 0), security)) {
      InetSocketAddress address = new InetSocketAddress("localhost", server.port());
      try (StoreChannel trusting = tls(address, Optional.of(tls.certificate()));
          StoreChannel distrusting = tls(address, Optional.empty());
          StoreChannel plain = channel(address, Optional.empty())) {
        assertThat(put(trusting)).isNotNull();
        assertThatThrownBy(() -> put(distrusting)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> put(plain)).isInstanceOf(StoreException.class);
      }
    }
  }

  private static StoreChannel tls(InetSocketAddress address, Optional<Path> trusted) {
    return new StoreChannel(
        address,
        "localhost:" + address.getPort(),
        new ClientSecurity(true, trusted, Optional.empty()));
  }

  @Test
  void aCertificateThatIsNoneIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "nothing");
    ServerSecurity security =
        new ServerSecurity(
            Optional.of(new ServerSecurity.Tls(file, file)), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> start(new InetSocketAddress("localhost", 0), security))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("certificate " + file);
  }

  private ServerSecurity.Tls certificate() throws Exception {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return new ServerSecurity.Tls(
        pem("cert.pem", "CERTIFICATE", keys.getCertificate("server").getEncoded()),
        pem("key.pem", "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
  }

  private Path pem(String name, String what, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    return Files.writeString(directory.resolve(name), text, StandardCharsets.US_ASCII);
  }
}
