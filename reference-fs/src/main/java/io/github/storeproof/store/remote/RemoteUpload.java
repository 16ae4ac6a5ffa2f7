package io.github.storeproof.store.remote;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A stream of messages to a service, and its one answer. *Confined.* Closed before the answer has
/// come it is given up.
public final class RemoteUpload<Q, R> implements AutoCloseable {
  private final BlockingClientCall<Q, R> call;
  private final Duration deadline;
  private final String what;

  RemoteUpload(BlockingClientCall<Q, R> call, Duration deadline, String what) {
    this.call = call;
    this.deadline = deadline;
    this.what = what;
  }

  /// Sends a message, once the service is ready for it.
  public void send(Q message) throws StoreException {
    try {
      if (!call.write(message, deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        // The service has ended the call: its status says why.
        answer();
        throw new StoreException(StoreFailure.IO, what + ": answered before its end");
      }
    } catch (StatusException e) {
      throw Failures.of(what, e);
    } catch (InterruptedException e) {
      throw RemoteStore.interrupted(what);
    } catch (TimeoutException e) {
      throw timedOut();
    }
  }

  /// Ends the stream and waits for the answer.
  public R finish() throws StoreException {
    call.halfClose();
    return answer();
  }

  private R answer() throws StoreException {
    try {
      @Nullable R answer = call.read(deadline.toNanos(), TimeUnit.NANOSECONDS);
      // What is behind it is its end, or an error.
      if (answer == null || call.read(deadline.toNanos(), TimeUnit.NANOSECONDS) != null) {
        throw new StoreException(StoreFailure.IO, what + ": the answer has not 1 message, want 1");
      }
      return answer;
    } catch (StatusException e) {
      throw Failures.of(what, e);
    } catch (InterruptedException e) {
      throw RemoteStore.interrupted(what);
    } catch (TimeoutException e) {
      throw timedOut();
    }
  }

  private StoreException timedOut() {
    return new StoreException(
        StoreFailure.TIMED_OUT, what + ": no answer within " + deadline.toMillis() + " ms");
  }

  @Override
  public void close() {
    GivenUp.end(call);
  }
}
