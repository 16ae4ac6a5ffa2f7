package io.github.storeproof.conformance.target;

/// A target cannot be shown, or a profile cannot be used. The message is for the user and stands
/// alone.
public final class TargetException extends Exception {
  /// With the reason as a sentence.
  public TargetException(String message) {
    super(message);
  }

  /// With the reason as a sentence and what caused it.
  public TargetException(String message, Throwable cause) {
    super(message, cause);
  }
}
