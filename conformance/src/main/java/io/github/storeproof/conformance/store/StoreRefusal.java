package io.github.storeproof.conformance.store;

import io.grpc.StatusException;

/// A store does not take what the kit pushes. The message is a sentence.
public final class StoreRefusal extends Exception {
  StoreRefusal(String message) {
    super(message);
  }

  StoreRefusal(String message, Throwable cause) {
    super(message, cause);
  }

  static StoreRefusal of(String what, StatusException e) {
    String description = e.getStatus().getDescription();
    return new StoreRefusal(
        what
            + " failed with "
            + e.getStatus().getCode()
            + (description == null ? "" : ": " + description),
        e);
  }

  static StoreRefusal interrupted() {
    Thread.currentThread().interrupt();
    return new StoreRefusal("the push was interrupted");
  }
}
