package io.github.storeproof.grpc;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/// Who may ask a server, and how the line is kept. *Immutable.*
///
/// @param tls the server's certificate and key; plain text without
/// @param token what each call must carry
/// @param socketMode the permissions of a unix socket, instead of what the umask gives
public record ServerSecurity(
    Optional<Tls> tls, Optional<BearerToken> token, Optional<Set<PosixFilePermission>> socketMode) {
  /// Anybody who can reach it.
  public static final ServerSecurity NONE =
      new ServerSecurity(Optional.empty(), Optional.empty(), Optional.empty());

  /// Files in PEM.
  ///
  /// @param certificate and those that lead to its root
  public record Tls(Path certificate, Path key) {}
}
