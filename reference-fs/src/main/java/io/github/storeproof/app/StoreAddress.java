package io.github.storeproof.app;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Where a store is: `memory:`, `file:///dir`, `objectstore+file:///dir`, `grpc+unix:///path`,
/// `grpc+http://host:port` or `grpc+https://host:port`.
sealed interface StoreAddress {
  /// In this process, as long as it lives.
  record Memory() implements StoreAddress {}

  /// In a directory.
  record Embedded(Path directory) implements StoreAddress {}

  /// In a directory, as compressed objects.
  record Objects(Path directory) implements StoreAddress {}

  /// In another process.
  ///
  /// @param authority the host and port, as the other side is called
  /// @param isTls whether the line is kept by TLS
  record Grpc(SocketAddress socket, String authority, boolean isTls) implements StoreAddress {}

  /// Reads addresses.
  final class Converter implements ITypeConverter<StoreAddress> {
    private static final String FILE = "file://";
    private static final String OBJECTS = "objectstore+file://";
    private static final String UNIX = "grpc+unix://";
    private static final String HTTP = "grpc+http://";
    private static final String HTTPS = "grpc+https://";

    @Override
    public StoreAddress convert(String text) {
      if (text.equals("memory:")) {
        return new Memory();
      }
      if (text.startsWith(FILE + "/")) {
        return new Embedded(pathOf(text.substring(FILE.length())));
      }
      if (text.startsWith(OBJECTS + "/")) {
        return new Objects(pathOf(text.substring(OBJECTS.length())));
      }
      if (text.startsWith(UNIX + "/")) {
        return new Grpc(
            UnixDomainSocketAddress.of(text.substring(UNIX.length())), "localhost", false);
      }
      if (text.startsWith(HTTP)) {
        String hostAndPort = text.substring(HTTP.length());
        return new Grpc(tcp(hostAndPort), hostAndPort, false);
      }
      if (text.startsWith(HTTPS)) {
        String hostAndPort = text.substring(HTTPS.length());
        return new Grpc(tcp(hostAndPort), hostAndPort, true);
      }
      throw new TypeConversionException(
          "store address is '"
              + text
              + "', want memory:, file:///dir, objectstore+file:///dir, grpc+unix:///path,"
              + " grpc+http://host:port or grpc+https://host:port");
    }
  }

  /// A path of the command line, whose characters are bytes.
  static Path pathOf(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return Path.of(new String(bytes, StandardCharsets.UTF_8));
  }

  /// The address of `host:port` or `[host]:port`.
  static InetSocketAddress tcp(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    String port = hostAndPort.substring(colon + 1);
    if (colon <= 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new TypeConversionException(
          "address is '" + hostAndPort + "', want host:port with a port of 0..65535");
    }
    String host = hostAndPort.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
    return new InetSocketAddress(host, Integer.parseInt(port));
  }
}
