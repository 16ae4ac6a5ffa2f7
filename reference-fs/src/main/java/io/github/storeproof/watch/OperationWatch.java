package io.github.storeproof.watch;

import io.github.storeproof.fuse.Errno;
import org.jspecify.annotations.Nullable;

/// Is told of the operations of a filesystem. *Thread-safe.*
public interface OperationWatch {
  /// An operation begins on this thread, which will end it.
  Running begin(FuseOperation operation, long nodeId);

  /// An operation that has begun: it is ended or dropped, once. *Confined.*
  interface Running {
    /// @param refusal null: it was answered
    void end(@Nullable Errno refusal);

    /// Bytes of a file that its answer carries. Before the end.
    default void read(long bytes) {}

    /// It turns out that nothing was asked.
    default void drop() {}
  }
}
