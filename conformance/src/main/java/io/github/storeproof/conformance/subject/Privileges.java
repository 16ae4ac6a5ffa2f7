package io.github.storeproof.conformance.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kit's own process may do. *Immutable.*
public final class Privileges {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Privileges() {}

  /// Whether the effective user is root.
  public static boolean isRoot() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("Uid:"))
          .anyMatch(line -> line.split("\\s+")[2].equals("0"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STATUS, e);
    }
  }
}
