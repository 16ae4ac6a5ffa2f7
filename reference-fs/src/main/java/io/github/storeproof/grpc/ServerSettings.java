package io.github.storeproof.grpc;

import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.List;

/// How a server serves. *Immutable.*
///
/// @param security who may ask it
/// @param silenceLimit how long a client may say nothing before it has said all; then its call ends with
///     DEADLINE_EXCEEDED
/// @param watchers see each call
public record ServerSettings(
    ServerSecurity security, Duration silenceLimit, List<ServerInterceptor> watchers) {
  /// For anybody, with time for whoever makes what it puts while it puts it.
  public static final ServerSettings DEFAULT =
      new ServerSettings(ServerSecurity.NONE, Duration.ofMinutes(5), List.of());

  public ServerSettings {
    if (!silenceLimit.isPositive()) {
      throw new IllegalArgumentException("silence limit is " + silenceLimit + ", want some time");
    }
    watchers = List.copyOf(watchers);
  }

  public ServerSettings withSecurity(ServerSecurity changed) {
    return new ServerSettings(changed, silenceLimit, watchers);
  }

  public ServerSettings withSilenceLimit(Duration changed) {
    return new ServerSettings(security, changed, watchers);
  }

  public ServerSettings withWatchers(List<ServerInterceptor> changed) {
    return new ServerSettings(security, silenceLimit, changed);
  }
}
