package io.github.storeproof.conformance.store;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where store services listen: `grpc+unix:///path`, `grpc+http://host:port` or `grpc+https://host:port`; also
/// `grpc+unix:/path`, as snix writes it, and `unix:/path` and `host:port`, as servers are told it. *Immutable.*
///
/// @param socket what to connect to
/// @param authority how the other side is called
/// @param access how the other side is told who asks, and is trusted
/// @param text as it was written
public record StoreAddress(
    SocketAddress socket, String authority, StoreAccess access, String text) {
  private static final String UNIX = "grpc+unix://";
  private static final String HTTP = "grpc+http://";
  private static final String HTTPS = "grpc+https://";
  private static final List<String> OTHER_UNIX = List.of("grpc+unix:", "unix://", "unix:");
  private static final List<String> OTHER_HTTP = List.of("http://", "tcp://", "");
  // Servers in Rust reset a call whose authority is the path of a socket.
  private static final String UNIX_AUTHORITY = "localhost";

  /// The address that a text is, with what the environment says of certificates and tokens.
  ///
  /// @throws IllegalArgumentException when it is none; the message is a sentence
  public static StoreAddress parse(String text) {
    return parse(text, System.getenv());
  }

  static StoreAddress parse(String text, Map<String, String> environment) {
    boolean isTls = text.startsWith(HTTPS);
    StoreAccess access = StoreAccess.of(isTls, environment);
    String path = behind(text, UNIX, OTHER_UNIX);
    if (path.startsWith("/")) {
      return new StoreAddress(UnixDomainSocketAddress.of(path), UNIX_AUTHORITY, access, text);
    }
    String hostAndPort = isTls ? text.substring(HTTPS.length()) : behind(text, HTTP, OTHER_HTTP);
    int colon = hostAndPort.lastIndexOf(':');
    String port = hostAndPort.substring(colon + 1);
    if (colon <= 0
        || hostAndPort.contains("/")
        || !port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException(
          "address is \""
              + text
              + "\", want grpc+unix:///path, grpc+http://host:port or grpc+https://host:port");
    }
    return new StoreAddress(
        new InetSocketAddress(hostAndPort.substring(0, colon), Integer.parseInt(port)),
        hostAndPort,
        access,
        text);
  }

  private static String behind(String text, String prefix, List<String> others) {
    return Stream.concat(Stream.of(prefix), others.stream())
        .filter(text::startsWith)
        .findFirst()
        .map(start -> text.substring(start.length()))
        .orElse("");
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
