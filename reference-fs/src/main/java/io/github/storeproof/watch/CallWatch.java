package io.github.storeproof.watch;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/// Is told of the calls of gRPC services, on one of their sides. *Thread-safe.*
public interface CallWatch {
  /// A call begins.
  ///
  /// @param headers those that came, of a server; those that will be sent, of a client, to which more may be added
  Running begin(MethodDescriptor<?, ?> method, Metadata headers);

  /// A call that has begun. *Thread-safe.*
  interface Running {
    /// Once.
    void end(Status status);

    /// Where a server answers the call.
    default Context context(Context outer) {
      return outer;
    }
  }
}
