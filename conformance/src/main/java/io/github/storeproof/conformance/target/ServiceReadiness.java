package io.github.storeproof.conformance.target;

import io.github.storeproof.conformance.target.TargetProfile.Ready;
import io.github.storeproof.conformance.target.TargetProfile.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Waits until a service of a profile is ready. *Immutable.*
final class ServiceReadiness {
  private ServiceReadiness() {}

  static void await(
      Service service,
      CommandProcess process,
      Placeholders words,
      Workspace workspace,
      Duration deadline)
      throws TargetException {
    long end = System.nanoTime() + deadline.toNanos();
    while (!isReady(service.ready(), words)) {
      if (!process.alive()) {
        throw new TargetException(
            "service "
                + service.name()
                + " ended with "
                + CommandProcess.ended(process.exit().orElse(-1))
                + " before it was ready: "
                + service.command()
                + process.shownTail());
      }
      if (System.nanoTime() > end) {
        throw new TargetException(
            "service "
                + service.name()
                + " is not ready after "
                + CommandProcess.seconds(deadline)
                + ": "
                + service.command()
                + process.shownTail());
      }
      ProfileMount.pause();
    }
  }

  private static boolean isReady(Ready ready, Placeholders words) throws TargetException {
    return switch (ready) {
      case Ready.Socket(String path) ->
          accepts(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(words.path(path)));
      case Ready.Port(int number) ->
          accepts(
              StandardProtocolFamily.INET,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
      case Ready.File(String path) -> Files.exists(Path.of(words.path(path)));
      case Ready.Command(String command) ->
          OuterCommand.run(Duration.ofSeconds(5), "sh", "-c", words.command(command)).ok();
      case Ready.StoreAddress(String address) -> StoreOf.address(address, words).accepts();
    };
  }

  private static boolean accepts(StandardProtocolFamily family, SocketAddress address) {
    try (SocketChannel channel = SocketChannel.open(family)) {
      return channel.connect(address);
    } catch (IOException e) {
      return false;
    }
  }
}
