package io.github.storeproof.conformance.store;

import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// How the kit proves itself to store services, and whom it trusts. The environment says both: `STOREPROOF_STORE_CA` is
/// a file of certificates in PEM that are trusted instead of the JDK's, `STOREPROOF_STORE_TOKEN_FILE` a file with a
/// token, which each call carries as `authorization: Bearer`. *Immutable.* The token is in no message.
final class StoreAccess {
  private static final String CERTIFICATES = "STOREPROOF_STORE_CA";
  private static final String TOKEN_FILE = "STOREPROOF_STORE_TOKEN_FILE";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Optional<SslContext> tls;
  private final Optional<String> token;

  private StoreAccess(Optional<SslContext> tls, Optional<String> token) {
    this.tls = tls;
    this.token = token;
  }

  /// What an environment says.
  ///
  /// @param isTls whether the line is kept by TLS
  /// @throws IllegalArgumentException when a file that it names has not what it should; the message is a sentence
  static StoreAccess of(boolean isTls, Map<String, String> environment) {
    Optional<SslContext> tls =
        isTls ? Optional.of(tls(file(environment, CERTIFICATES))) : Optional.empty();
    return new StoreAccess(tls, file(environment, TOKEN_FILE).map(StoreAccess::token));
  }

  private static Optional<Path> file(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty()).map(Path::of);
  }

  private static SslContext tls(Optional<Path> certificates) {
    try {
      var builder = GrpcSslContexts.forClient();
      certificates.ifPresent(file -> builder.trustManager(file.toFile()));
      return builder.build();
    } catch (IllegalArgumentException | SSLException e) {
      throw new IllegalArgumentException(
          CERTIFICATES
              + " is "
              + certificates.map(Path::toString).orElse("not set")
              + ", want a file of certificates in PEM: "
              + e.getMessage(),
          e);
    }
  }

  private static String token(Path file) {
    String token;
    try {
      token = Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          TOKEN_FILE + " is " + file + ", which cannot be read: " + e, e);
    }
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          TOKEN_FILE + " is " + file + ", which has no token, want one of printable characters");
    }
    return token;
  }

  /// Gives a connection what it needs.
  void secure(NettyChannelBuilder builder) {
    builder.negotiationType(tls.isPresent() ? NegotiationType.TLS : NegotiationType.PLAINTEXT);
    tls.ifPresent(builder::sslContext);
    token.ifPresent(text -> {
      Metadata headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + text);
      builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
    });
  }
}
