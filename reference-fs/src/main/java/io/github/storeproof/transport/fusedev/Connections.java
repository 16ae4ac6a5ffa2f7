package io.github.storeproof.transport.fusedev;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.storeproof.fuse.Errno;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/// The kernel's table of FUSE connections (`fusectl`), where each can be given up by its number.
final class Connections {
  private static final Logger LOG = System.getLogger(Connections.class.getName());
  private static final Path ROOT = Path.of("/sys/fs/fuse/connections");

  private Connections() {}

  /// Gives a connection up: every waiting caller gets an error.
  ///
  /// @param deviceMinor the minor number of the mount's `st_dev`; nothing happens when it is
  ///     negative
  static void abort(int deviceMinor) {
    if (deviceMinor < 0) {
      return;
    }
    Path abort = ROOT.resolve(Integer.toString(deviceMinor)).resolve("abort");
    if (!Files.exists(abort) && Libc.effectiveUserId() == 0) {
      mountTable();
    }
    try {
      Files.writeString(abort, "1");
    } catch (IOException e) {
      LOG.log(DEBUG, "connection {0} is gone or cannot be aborted: {1}", deviceMinor, e);
    }
  }

  private static void mountTable() {
    try (Arena arena = Arena.ofConfined()) {
      int result =
          new Libc(arena)
              .mount(
                  Libc.cString(arena, Program.bytes("fusectl")),
                  Libc.cString(arena, Program.bytes(ROOT.toString())),
                  Libc.cString(arena, Program.bytes("fusectl")),
                  0,
                  arena.allocate(1));
      if (result < 0 && result != -Errno.EBUSY.number()) {
        LOG.log(DEBUG, "cannot mount fusectl: {0}", Errno.describe(-result));
      }
    }
  }
}
