package io.github.storeproof.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where this user's programs keep what they want to find again, by the XDG base directory
/// specification.
final class StateDirectory {
  private static final String ABSENT = "";

  private StateDirectory() {}

  /// The store that is used where no other is named.
  static Path ofStore() {
    return of(System.getenv("XDG_STATE_HOME"), System.getProperty("user.home", ABSENT))
        .resolve("storeproof/store");
  }

  /// A value that is no absolute path is as good as none.
  static Path of(@Nullable String stateHome, String home) {
    return stateHome != null && stateHome.startsWith("/")
        ? Path.of(stateHome)
        : Path.of(home).resolve(".local/state");
  }
}
