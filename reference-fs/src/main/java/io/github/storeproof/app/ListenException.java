package io.github.storeproof.app;

import java.io.IOException;

/// A server cannot listen where it was asked to.
final class ListenException extends Exception {
  ListenException(ListenAddress address, IOException cause) {
    super("cannot listen on " + address.text() + ": " + reason(cause), cause);
  }

  /// Netty says it in the cause.
  private static String reason(IOException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }
}
