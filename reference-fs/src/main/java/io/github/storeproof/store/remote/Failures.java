package io.github.storeproof.store.remote;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.grpc.Status;
import io.grpc.StatusException;

/// The one way from a gRPC status to a store's failure.
final class Failures {
  private Failures() {}

  /// @param what the question, such as `blob blake3-…`
  static StoreException of(String what, StatusException e) {
    Status status = e.getStatus();
    String description = status.getDescription();
    return new StoreException(
        of(status.getCode()),
        what + ": " + status.getCode() + (description == null ? "" : ", " + description),
        e);
  }

  static StoreFailure of(Status.Code code) {
    return switch (code) {
      case NOT_FOUND -> StoreFailure.MISSING;
      case DATA_LOSS -> StoreFailure.CORRUPT;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS, OUT_OF_RANGE ->
          StoreFailure.REFUSED;
      case UNIMPLEMENTED -> StoreFailure.UNSUPPORTED;
      case PERMISSION_DENIED, UNAUTHENTICATED -> StoreFailure.DENIED;
      case DEADLINE_EXCEEDED -> StoreFailure.TIMED_OUT;
      case UNAVAILABLE -> StoreFailure.UNAVAILABLE;
      case RESOURCE_EXHAUSTED -> StoreFailure.FULL;
      case OK, CANCELLED, UNKNOWN, ABORTED, INTERNAL -> StoreFailure.IO;
    };
  }
}
