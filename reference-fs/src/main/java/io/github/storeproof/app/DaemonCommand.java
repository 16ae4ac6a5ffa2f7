package io.github.storeproof.app;

import io.github.storeproof.castorefs.Stores;
import io.github.storeproof.grpc.StoreServer;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      description = "Where to listen: unix:/path or host:port (port 0: any that is free).")
  private ListenAddress address;

  @Mixin private StoreOptions storeOptions = new StoreOptions();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (OpenStores open = storeOptions.open();
        StoreServer server = start(open.stores())) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      say("listening on " + shown(server));
      server.awaitEnd();
    }
    return 0;
  }

  private StoreServer start(Stores stores) throws ListenException {
    try {
      return StoreServer.start(
          address.socket(), stores.blobs(), stores.directories(), stores.pathInfos());
    } catch (java.io.IOException e) {
      throw new ListenException(address, e);
    }
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
