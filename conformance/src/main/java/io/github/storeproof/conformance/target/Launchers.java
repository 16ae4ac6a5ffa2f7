package io.github.storeproof.conformance.target;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the launchers of this repository are. *Immutable.*
final class Launchers {
  /// The repository, exported by the launchers.
  static final String HOME = "STOREPROOF_HOME";

  private Launchers() {}

  /// The path of `bin/castore`, when it is known.
  static Optional<String> castore() {
    return Optional.ofNullable(System.getenv(HOME))
        .or(() -> Optional.ofNullable(System.getProperty("storeproof.home")))
        .map(home -> Path.of(home, "bin", "castore").toAbsolutePath())
        .filter(Files::isExecutable)
        .map(Path::toString);
  }
}
