package io.github.storeproof.app;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Where a server listens: `unix:/path` or `host:port`.
///
/// @param text as it was given
record ListenAddress(SocketAddress socket, String text) {
  private static final String UNIX = "unix:";

  /// Reads addresses.
  static final class Converter implements ITypeConverter<ListenAddress> {
    @Override
    public ListenAddress convert(String text) {
      if (!text.startsWith(UNIX)) {
        return new ListenAddress(StoreAddress.tcp(text), text);
      }
      if (!text.startsWith(UNIX + "/")) {
        throw new TypeConversionException(
            "address is '" + text + "', want unix: and an absolute path, or host:port");
      }
      return new ListenAddress(UnixDomainSocketAddress.of(text.substring(UNIX.length())), text);
    }
  }
}
