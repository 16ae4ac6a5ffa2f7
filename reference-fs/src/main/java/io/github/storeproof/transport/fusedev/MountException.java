package io.github.storeproof.transport.fusedev;

/// A mount that did not come about. The message says what was seen and what was wanted, for the
/// person who asked.
public final class MountException extends Exception {
  private static final long serialVersionUID = 1L;

  public MountException(String message) {
    super(message);
  }
}
