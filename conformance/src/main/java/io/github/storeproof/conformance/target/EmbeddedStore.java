package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.store.StoreAddress;
import java.nio.file.Path;
import java.time.Duration;

/// A store in a directory, `file:///dir` of the reference, served by `castore daemon` for as long as
/// this is open. *Confined.*
public final class EmbeddedStore implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);

  private final Workspace workspace;
  private final CommandProcess daemon;
  private final StoreAddress address;

  private EmbeddedStore(Workspace workspace, CommandProcess daemon, StoreAddress address) {
    this.workspace = workspace;
    this.daemon = daemon;
    this.address = address;
  }

  /// Starts the daemon and waits until it listens.
  ///
  /// @param directory where the store is, or will be
  /// @throws TargetException when the launcher is not known, or the daemon ends
  public static EmbeddedStore serve(Path directory) throws TargetException {
    String castore =
        Launchers.castore()
            .orElseThrow(() ->
                new TargetException(
                    "bin/castore is not known: want the launcher bin/storeproof, or "
                        + Launchers.HOME));
    Workspace workspace = Workspace.create(false);
    try {
      Path socket = workspace.root().resolve("sock");
      String command =
          "exec %s daemon -l %s --store-addr %s"
              .formatted(
                  Placeholders.shellWord(castore),
                  Placeholders.shellWord("unix:" + socket),
                  Placeholders.shellWord("file://" + directory.toAbsolutePath().normalize()));
      CommandProcess daemon = CommandProcess.start(command, workspace, workspace.root());
      EmbeddedStore store =
          new EmbeddedStore(workspace, daemon, StoreAddress.parse("grpc+unix://" + socket));
      store.await(command);
      return store;
    } catch (TargetException e) {
      workspace.close();
      throw e;
    }
  }

  private void await(String command) throws TargetException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!address.accepts()) {
      if (!daemon.alive() || System.nanoTime() > end) {
        String tail = daemon.shownTail();
        daemon.killGroup();
        throw new TargetException("the store is not served: " + command + tail);
      }
      ProfileMount.pause();
    }
  }

  /// Where it listens.
  public StoreAddress address() {
    return address;
  }

  /// Ends the daemon; what was put is durable.
  @Override
  public void close() {
    daemon.end(END_LIMIT);
    workspace.close();
  }
}
