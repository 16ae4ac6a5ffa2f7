package io.github.storeproof.conformance.subject;

/// The target cannot be mounted, so the case cannot say anything: an error of the run, not a
/// failure of a rule.
public final class TargetUnavailable extends RuntimeException {
  /// With the reason as a sentence.
  public TargetUnavailable(String message) {
    super(message);
  }

  /// With the reason as a sentence and what caused it.
  public TargetUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
