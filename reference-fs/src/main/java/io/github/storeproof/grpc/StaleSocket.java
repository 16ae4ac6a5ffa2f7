package io.github.storeproof.grpc;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;

/// The file of a socket that nobody serves any more, as a killed server leaves it.
final class StaleSocket {
  private StaleSocket() {}

  /// Removes it.
  ///
  /// @throws IOException when somebody serves it, or it is no socket
  static void remove(UnixDomainSocketAddress address) throws IOException {
    if (!Files.exists(address.getPath())) {
      return;
    }
    if (Files.isRegularFile(address.getPath()) || Files.isDirectory(address.getPath())) {
      throw new IOException(address + " is there and is no socket");
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      if (channel.connect(address)) {
        throw new IOException("another process listens on " + address);
      }
    } catch (java.net.ConnectException refused) {
      Files.delete(address.getPath());
    }
  }
}
