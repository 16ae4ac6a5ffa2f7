package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.host.ChildCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command line that this process was started with, in its own bytes.
final class OwnCommand {
  private OwnCommand() {}

  static byte[] executable() {
    return "/proc/self/exe".getBytes(StandardCharsets.US_ASCII);
  }

  /// Returns the command line for another process like this one that runs one script and ends.
  static List<byte[]> again() throws IOException {
    byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
    List<byte[]> arguments = new ArrayList<>();
    int start = 0;
    for (int end = 0; end < line.length; end++) {
      if (line[end] == 0) {
        arguments.add(Arrays.copyOfRange(line, start, end));
        start = end + 1;
      }
    }
    arguments.set(arguments.size() - 1, ChildCommand.ONCE.getBytes(StandardCharsets.US_ASCII));
    return arguments;
  }
}
