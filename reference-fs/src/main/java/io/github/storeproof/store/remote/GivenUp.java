package io.github.storeproof.store.remote;

import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Calls that nobody wants any more.
final class GivenUp {
  private static final int LIMIT_SECONDS = 5;

  private GivenUp() {}

  /// Ends a call, and takes what has come of it: until somebody does, it stays in memory outside of the heap. Nothing happens
  /// when the call has come to its end.
  static void end(BlockingClientCall<?, ?> call) {
    call.cancel("the rest is not wanted", null);
    boolean isInterrupted = Thread.interrupted();
    try {
      while (call.read(LIMIT_SECONDS, TimeUnit.SECONDS) != null) {
        // Until it says that it is cancelled.
      }
    } catch (StatusException | TimeoutException _) {
      // There is nothing more.
    } catch (InterruptedException _) {
      isInterrupted = true;
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
