package io.github.storeproof.grpc;

import java.nio.file.Path;
import java.util.Optional;

/// How a client proves itself and whom it trusts. *Immutable.*
///
/// @param isTls whether the line is kept by TLS
/// @param trusted certificates in PEM instead of the JDK's
/// @param token what each call carries
public record ClientSecurity(boolean isTls, Optional<Path> trusted, Optional<BearerToken> token) {
  /// Plain text, no proof.
  public static final ClientSecurity NONE =
      new ClientSecurity(false, Optional.empty(), Optional.empty());
}
