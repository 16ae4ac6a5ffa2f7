package io.github.storeproof.conformance.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The kernel's side of a FUSE mount, reached without touching the mount. *Immutable.*
public final class FuseConnection {
  private static final Path CONNECTIONS = Path.of("/sys/fs/fuse/connections");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private FuseConnection() {}

  /// Ends every call that waits for an answer with an error.
  ///
  /// @param minor the minor number of the mount's own device, never one from a listing
  /// @return whether the kernel took it
  public static boolean abort(int minor) {
    Path file = CONNECTIONS.resolve(minor + "/abort");
    try {
      Files.writeString(file, "1");
      return true;
    } catch (IOException e) {
      System.getLogger(FuseConnection.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot write " + file, e);
      return false;
    }
  }

  /// Takes a mount out of the tree, at once, whoever still uses it.
  public static void unmountLazily(Path point) {
    if (!OuterCommand.run(LIMIT, "umount", "-l", point.toString()).ok()) {
      OuterCommand.run(LIMIT, "fusermount3", "-u", "-z", point.toString());
    }
  }
}
