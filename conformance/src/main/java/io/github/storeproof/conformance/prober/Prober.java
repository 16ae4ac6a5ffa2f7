package io.github.storeproof.conformance.prober;

import java.io.IOException;
import java.time.Duration;

/// A child process that makes the calls of scripts below one directory, and the way to talk to it. Thread-safe: scripts run one after the other.
///
/// After [ProberHung] or [ProberDied] the prober is dead; start another.
public final class Prober implements AutoCloseable {
  private Prober() {}

  /// Starts a child for the directory with this absolute path, given in raw bytes.
  ///
  /// @throws IOException if the child does not start
  public static Prober start(byte[] root) throws IOException {
    return new Prober();
  }

  /// Runs a script and returns what each of its calls did.
  ///
  /// Every descriptor that the script left open is closed afterwards, and the working directory restored.
  ///
  /// @param deadline how long the whole script may take
  /// @throws ProberHung if it takes longer; the child is killed
  /// @throws ProberDied if the child ends
  public Observations run(Script script, Duration deadline) throws ProberHung, ProberDied {
    return new Observations(Machine.current(), java.util.List.of());
  }

  /// Returns true while the child can run scripts.
  public boolean isAlive() {
    return false;
  }

  /// Returns the process id of the child.
  public long pid() {
    return 0;
  }

  /// Ends the child; never waits longer than a second for it.
  @Override
  public void close() {}
}
