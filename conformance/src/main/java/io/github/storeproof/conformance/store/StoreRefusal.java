package io.github.storeproof.conformance.store;

import io.github.storeproof.model.StorePath;
import io.grpc.StatusException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A store does not take what the kit pushes. The message is a sentence.
public final class StoreRefusal extends Exception {
  private final boolean isTooLarge;

  StoreRefusal(String message) {
    this(message, null, false);
  }

  private StoreRefusal(String message, @Nullable Throwable cause, boolean isTooLarge) {
    super(message, cause);
    this.isTooLarge = isTooLarge;
  }

  static StoreRefusal of(String what, StatusException e) {
    String description = e.getStatus().getDescription();
    return new StoreRefusal(
        what
            + " failed with "
            + e.getStatus().getCode()
            + (description == null ? "" : ": " + description),
        e,
        false);
  }

  /// The same of a store path that has a directory of many bytes, where the status is one of messages that are too large.
  Optional<StoreRefusal> ofLarge(StorePath path) {
    boolean isOfSize =
        getCause() instanceof StatusException status
            && switch (status.getStatus().getCode()) {
              case OUT_OF_RANGE, RESOURCE_EXHAUSTED -> true;
              default -> false;
            };
    return isOfSize
        ? Optional.of(new StoreRefusal(path.basename() + ": " + getMessage(), getCause(), true))
        : Optional.empty();
  }

  /// Whether the store takes no directory of that many bytes.
  public boolean isTooLarge() {
    return isTooLarge;
  }

  static StoreRefusal interrupted() {
    Thread.currentThread().interrupt();
    return new StoreRefusal("the push was interrupted");
  }
}
