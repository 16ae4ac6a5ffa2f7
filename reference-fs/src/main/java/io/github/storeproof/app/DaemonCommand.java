package io.github.storeproof.app;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.grpc.BearerToken;
import io.github.storeproof.grpc.ServerSecurity;
import io.github.storeproof.grpc.ServerSettings;
import io.github.storeproof.grpc.StoreServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `castore daemon`: serves stores over gRPC until it is told to end.
@Command(
    name = "daemon",
    description = "Serves stores over gRPC, until SIGTERM or SIGINT.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DaemonCommand implements Callable<Integer> {
  // Set by picocli before anything is called.
  @SuppressWarnings("NullAway.Init")
  @Option(
      names = {"-l", "--listen"},
      required = true,
      paramLabel = "ADDR",
      converter = ListenAddress.Converter.class,
      description = {
        "Where to listen: unix:/path, host:port (port 0: any that is free), or systemd: for the"
            + " socket",
        "that systemd has opened (LISTEN_FDS)."
      })
  private ListenAddress address;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Serve TLS, with this certificate in PEM. Needs --tls-key.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's key in PEM.")
  private @Nullable Path key;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Serve only calls that carry the token of this file (Bearer).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--socket-mode",
      paramLabel = "MODE",
      description = "Permissions of the unix socket, in octal: 660.")
  private @Nullable String socketMode;

  @Option(
      names = "--silence-limit",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = {
        "How long a client may say nothing in the middle of what it puts, before its call ends"
            + " with",
        "DEADLINE_EXCEEDED. Default: ${DEFAULT-VALUE}."
      })
  private double silenceLimitSeconds;

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  @Mixin private WatchOptions watchOptions = new WatchOptions();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (Watching watching = watchOptions.start("castore-daemon");
        OpenStores open = storeOptions.open(watching);
        StoreServer server = start(watching.watched(open.stores()), watching)) {
      // A signal ends the process with its hooks, whatever this thread does.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, watching)));
      say("listening on " + shown(server));
      server.awaitEnd();
    }
    return 0;
  }

  private static void end(StoreServer server, Watching watching) {
    server.close();
    watching.close();
  }

  private StoreServer start(Stores stores, Watching watching) throws ListenException {
    try {
      ServerSettings settings = settings().withWatchers(watching.serverCalls());
      if (address.passed().isPresent()) {
        return StoreServer.start(
            address.passed().get(),
            settings,
            stores.blobs(),
            stores.directories(),
            stores.pathInfos());
      }
      return StoreServer.start(
          address.socket(), settings, stores.blobs(), stores.directories(), stores.pathInfos());
    } catch (IOException e) {
      throw new ListenException(address, e);
    }
  }

  private ServerSettings settings() throws IOException {
    Duration silenceLimit = Duration.ofMillis(Math.round(silenceLimitSeconds * 1000));
    if (!silenceLimit.isPositive()) {
      throw new ParameterException(
          spec.commandLine(), "--silence-limit is " + silenceLimitSeconds + ", want more than 0");
    }
    return ServerSettings.DEFAULT.withSecurity(security()).withSilenceLimit(silenceLimit);
  }

  private ServerSecurity security() throws IOException {
    if ((certificate == null) != (key == null)) {
      throw new ParameterException(
          spec.commandLine(), "one of --tls-cert and --tls-key is given, want both or none");
    }
    return new ServerSecurity(
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new ServerSecurity.Tls(certificate, key)),
        tokenFile == null ? Optional.empty() : Optional.of(BearerToken.read(tokenFile)),
        socketMode == null ? Optional.empty() : Optional.of(permissions(socketMode)));
  }

  /// @param mode nine bits in octal
  private Set<PosixFilePermission> permissions(String mode) {
    if (!mode.matches("0?[0-7]{3}")) {
      throw new ParameterException(
          spec.commandLine(), "--socket-mode is '" + mode + "', want three octal digits");
    }
    int bits = Integer.parseInt(mode, 8);
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    List<PosixFilePermission> inOrder = List.of(PosixFilePermission.values());
    for (int i = 0; i < inOrder.size(); i++) {
      if ((bits & (0400 >> i)) != 0) {
        permissions.add(inOrder.get(i));
      }
    }
    return permissions;
  }

  private String shown(StoreServer server) {
    return address.socket() instanceof UnixDomainSocketAddress
        ? address.text()
        : address.text().replaceAll(":[0-9]+$", ":" + server.port());
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
