package io.github.storeproof.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Programs that use a mount as people do.
final class Shell {
  private static final int PATIENCE_SECONDS = 120;

  private Shell() {}

  /// Runs a command with the shell.
  ///
  /// @return what it printed, on either stream, with one character for each byte
  /// @throws AssertionError when it fails or does not end
  static String run(String command) throws IOException {
    Process process =
        new ProcessBuilder("timeout", "-s", "KILL", PATIENCE_SECONDS + "s", "sh", "-ec", command)
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    if (process.onExit().join().exitValue() != 0) {
      throw new AssertionError(command + "\nended with " + process.exitValue() + ":\n" + output);
    }
    return output;
  }
}
