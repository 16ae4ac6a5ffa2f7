package io.github.storeproof.grpc;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// The one way from a store's failure, or from bytes that break a rule, to a gRPC status.
final class Statuses {
  private Statuses() {}

  static StatusRuntimeException of(StoreException e) {
    return of(e.failure()).withDescription(e.getMessage()).withCause(e).asRuntimeException();
  }

  static StatusRuntimeException of(InvalidDataException e) {
    return Status.INVALID_ARGUMENT
        .withDescription(e.getMessage())
        .withCause(e)
        .asRuntimeException();
  }

  static StatusRuntimeException notFound(String what) {
    return Status.NOT_FOUND.withDescription(what + " is not there").asRuntimeException();
  }

  static Status of(StoreFailure failure) {
    return switch (failure) {
      case MISSING, CORRUPT -> Status.DATA_LOSS;
      case REFUSED -> Status.INVALID_ARGUMENT;
      case UNSUPPORTED -> Status.UNIMPLEMENTED;
      case DENIED -> Status.PERMISSION_DENIED;
      case TIMED_OUT -> Status.DEADLINE_EXCEEDED;
      case INTERRUPTED -> Status.CANCELLED;
      case UNAVAILABLE -> Status.UNAVAILABLE;
      case FULL -> Status.RESOURCE_EXHAUSTED;
      case IO -> Status.INTERNAL;
    };
  }
}
