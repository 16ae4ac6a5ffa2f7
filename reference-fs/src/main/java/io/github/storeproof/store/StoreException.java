package io.github.storeproof.store;

import java.util.Objects;

/// An operation of a store failed. Its message names the thing (a digest, a store path), what was
/// seen and what was wanted.
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  private final StoreFailure failure;

  public StoreException(StoreFailure failure, String message) {
    super(message);
    this.failure = failure;
  }

  public StoreException(StoreFailure failure, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public StoreFailure failure() {
    return failure;
  }
}
