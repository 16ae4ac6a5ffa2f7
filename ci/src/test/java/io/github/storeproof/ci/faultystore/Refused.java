package io.github.storeproof.ci.faultystore;

import io.grpc.Status;

/// A call ends in an error.
final class Refused extends Exception {
  private final transient Status status;

  Refused(Status status) {
    super(status.toString(), null, false, false);
    this.status = status;
  }

  static Refused invalid(String what) {
    return new Refused(Status.INVALID_ARGUMENT.withDescription(what));
  }

  static Refused missing(String what) {
    return new Refused(Status.NOT_FOUND.withDescription(what));
  }

  Status status() {
    return status;
  }
}
