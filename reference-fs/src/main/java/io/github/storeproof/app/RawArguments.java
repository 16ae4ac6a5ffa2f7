package io.github.storeproof.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The arguments of this process as bytes, which Java's own strings of them have lost: it decodes
/// them by the locale.
final class RawArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private RawArguments() {}

  /// The arguments with one character for each byte (ISO 8859-1), as many as `decoded` has.
  static String[] ofThisProcess(String[] decoded) {
    try {
      return last(decoded.length, Files.readAllBytes(COMMAND_LINE)).orElse(decoded);
    } catch (IOException e) {
      return decoded;
    }
  }

  /// The last `count` of the strings in `commandLine`, each ended by a NUL byte.
  static Optional<String[]> last(int count, byte[] commandLine) {
    String all = new String(commandLine, StandardCharsets.ISO_8859_1);
    String[] words = all.split("\0", -1);
    // Behind the last NUL there is an empty word, which is no argument.
    int end = words.length - 1;
    return end < count
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(words, end - count, end));
  }
}
