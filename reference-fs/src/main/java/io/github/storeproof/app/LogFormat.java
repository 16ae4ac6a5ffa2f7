package io.github.storeproof.app;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the log is written, on standard error: `logback.xml` reads it from the environment too, and would keep silent about a
/// word that it does not know.
final class LogFormat {
  static final String VARIABLE = "STOREPROOF_LOG_FORMAT";
  private static final Set<String> WORDS = Set.of("text", "json");

  private LogFormat() {}

  /// What is wrong with a value of the variable; empty when it can be used.
  static Optional<String> refusal(@Nullable String value) {
    return value == null || WORDS.contains(value)
        ? Optional.empty()
        : Optional.of(VARIABLE + " is '" + value + "', want text or json");
  }
}
