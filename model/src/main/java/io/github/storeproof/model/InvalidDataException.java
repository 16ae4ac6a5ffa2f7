package io.github.storeproof.model;

/// Bytes from outside that are not what the format allows.
///
/// Thrown by the factories and constructors of values and by decoders. The message says what was
/// seen and what was wanted.
public final class InvalidDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Violation violation;

  /// A refusal for breaking `violation`, seen and wanted as `message` says.
  public InvalidDataException(Violation violation, String message) {
    super(message);
    this.violation = violation;
  }

  private InvalidDataException(String place, InvalidDataException cause) {
    super(place + ": " + cause.getMessage(), cause);
    this.violation = cause.violation;
  }

  /// The rule that was broken.
  public Violation violation() {
    return violation;
  }

  /// The same refusal, with the place where the bytes were found in front of its message.
  public InvalidDataException at(String place) {
    return new InvalidDataException(place, this);
  }
}
