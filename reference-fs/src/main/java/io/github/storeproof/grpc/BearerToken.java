package io.github.storeproof.grpc;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A secret that calls carry in their `authorization` header (RFC 6750). *Immutable.* It is in no
/// message and no log.
public final class BearerToken {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "Bearer ";

  private final String token;

  private BearerToken(String token) {
    this.token = token;
  }

  /// The token that a file has, without the blanks around it.
  ///
  /// @throws IOException when the file cannot be read, or has none
  public static BearerToken read(Path file) throws IOException {
    String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IOException(file + " has no token, want one of printable characters");
    }
    return new BearerToken(token);
  }

  /// Refuses calls that do not carry it. Asking for the server's health needs none.
  ServerInterceptor required() {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String service = call.getMethodDescriptor().getServiceName();
        if (HealthGrpc.SERVICE_NAME.equals(service) || isIn(headers.get(AUTHORIZATION))) {
          return next.startCall(call, headers);
        }
        call.close(
            Status.UNAUTHENTICATED.withDescription("no token or another one, want the server's"),
            new Metadata());
        return new ServerCall.Listener<>() {};
      }
    };
  }

  private boolean isIn(@Nullable String header) {
    // Takes as long for any token.
    return header != null
        && MessageDigest.isEqual(
            header.getBytes(StandardCharsets.US_ASCII),
            (SCHEME + token).getBytes(StandardCharsets.US_ASCII));
  }

  /// Makes calls carry it.
  CallCredentials credentials() {
    return new CallCredentials() {
      @Override
      public void applyRequestMetadata(
          RequestInfo request, Executor executor, MetadataApplier applier) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, SCHEME + token);
        applier.apply(headers);
      }
    };
  }

  @Override
  public String toString() {
    return "BearerToken[secret]";
  }
}
