package io.github.storeproof.app;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Where a server listens: `unix:/path`, `host:port`, or `systemd:`, a socket that listens already.
///
/// @param text as it was given
/// @param passed the socket that came with the process
record ListenAddress(SocketAddress socket, String text, Optional<ServerSocketChannel> passed) {
  private static final String UNIX = "unix:";
  private static final String SYSTEMD = "systemd:";

  ListenAddress(SocketAddress socket, String text) {
    this(socket, text, Optional.empty());
  }

  /// Reads addresses.
  static final class Converter implements ITypeConverter<ListenAddress> {
    @Override
    public ListenAddress convert(String text) {
      if (text.equals(SYSTEMD)) {
        return passed();
      }
      if (!text.startsWith(UNIX)) {
        return new ListenAddress(StoreAddress.tcp(text), text);
      }
      if (!text.startsWith(UNIX + "/")) {
        throw new TypeConversionException(
            "address is '" + text + "', want unix: and an absolute path, host:port or systemd:");
      }
      return new ListenAddress(UnixDomainSocketAddress.of(text.substring(UNIX.length())), text);
    }

    /// The socket of `sd_listen_fds(3)`. It is descriptor 3, which the launcher makes 0: the one
    /// that Java finds.
    private static ListenAddress passed() {
      try {
        String count = System.getenv("LISTEN_FDS");
        if (!"1".equals(count)
            || !Long.toString(ProcessHandle.current().pid()).equals(System.getenv("LISTEN_PID"))
            || !(System.inheritedChannel() instanceof ServerSocketChannel socket)) {
          throw new TypeConversionException(
              "no listening socket was passed: LISTEN_FDS is %s, LISTEN_PID is %s, want 1 and %d"
                  .formatted(count, System.getenv("LISTEN_PID"), ProcessHandle.current().pid()));
        }
        return new ListenAddress(socket.getLocalAddress(), SYSTEMD, Optional.of(socket));
      } catch (IOException e) {
        throw new TypeConversionException("the socket that was passed: " + e.getMessage());
      }
    }
  }
}
