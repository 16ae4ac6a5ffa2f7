package io.github.storeproof.conformance.store;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/// Where store services listen: `grpc+unix:///path` or `grpc+http://host:port`. *Immutable.*
///
/// @param socket what to connect to
/// @param authority how the other side is called
/// @param text as it was written
public record StoreAddress(SocketAddress socket, String authority, String text) {
  private static final String UNIX = "grpc+unix://";
  private static final String HTTP = "grpc+http://";
  // Servers in Rust reset a call whose authority is the path of a socket.
  private static final String UNIX_AUTHORITY = "localhost";

  /// The address that a text is.
  ///
  /// @throws IllegalArgumentException when it is none; the message is a sentence
  public static StoreAddress parse(String text) {
    if (text.startsWith(UNIX + "/")) {
      return new StoreAddress(
          UnixDomainSocketAddress.of(text.substring(UNIX.length())), UNIX_AUTHORITY, text);
    }
    String hostAndPort = text.startsWith(HTTP) ? text.substring(HTTP.length()) : "";
    int colon = hostAndPort.lastIndexOf(':');
    String port = hostAndPort.substring(colon + 1);
    if (colon <= 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException(
          "address is \"" + text + "\", want grpc+unix:///path or grpc+http://host:port");
    }
    return new StoreAddress(
        new InetSocketAddress(hostAndPort.substring(0, colon), Integer.parseInt(port)),
        hostAndPort,
        text);
  }

  boolean isUnix() {
    return socket instanceof UnixDomainSocketAddress;
  }

  /// Whether somebody accepts connections there.
  public boolean accepts() {
    try (SocketChannel channel =
        isUnix() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
      return channel.connect(socket);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
