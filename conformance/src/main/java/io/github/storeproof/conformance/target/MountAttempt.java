package io.github.storeproof.conformance.target;

import java.util.OptionalInt;

/// What a mount command did that met an [Obstacle]. *Immutable.*
///
/// @param exit with what it ended; empty when it still ran
/// @param output what it wrote
/// @param mounted whether something was mounted on the mount point
public record MountAttempt(OptionalInt exit, String output, boolean mounted) {
  /// In words, for messages.
  @Override
  public String toString() {
    return (exit.isPresent() ? CommandProcess.ended(exit.getAsInt()) : "a command that still runs")
        + (mounted ? ", something mounted" : ", nothing mounted")
        + (output.isBlank() ? ", no message" : ", and the message: " + output.strip());
  }
}
