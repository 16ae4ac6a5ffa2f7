package io.github.storeproof.conformance.prober;

import java.util.OptionalInt;

/// The child ended in the middle of a script.
public final class ProberDied extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final String stderrTail;

  /// Says how it ended: `exitCode` is that of a shell, 128 + N for signal N.
  public ProberDied(String doing, int exitCode, String stderrTail) {
    super(
        "prober died with "
            + describe(exitCode)
            + " in "
            + doing
            + (stderrTail.isBlank() ? "" : ": " + stderrTail.strip()));
    this.exitCode = exitCode;
    this.stderrTail = stderrTail;
  }

  /// Returns the exit code, 128 + N for signal N.
  public int exitCode() {
    return exitCode;
  }

  /// Returns the signal that ended the child.
  public OptionalInt signal() {
    return exitCode > 128 && exitCode < 192 ? OptionalInt.of(exitCode - 128) : OptionalInt.empty();
  }

  /// Returns the last of what the child wrote to its standard error.
  public String stderrTail() {
    return stderrTail;
  }

  private static String describe(int exitCode) {
    return exitCode > 128 && exitCode < 192
        ? "signal " + (exitCode - 128)
        : "exit code " + exitCode;
  }
}
