package io.github.storeproof.store.remote;

import io.github.storeproof.store.StoreException;
import io.github.storeproof.store.StoreFailure;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A connection to store services, and how long one answer may take. *Thread-safe.*
///
/// Where the connection is lost a question is asked once more, as soon as there is another one. The
/// channel belongs to the caller.
public final class RemoteStore {
  /// Of an answer whose length nobody knows.
  public static final long UNKNOWN_BYTES = -1;

  /// The slowest network that an answer is waited for.
  private static final long LEAST_BYTES_PER_MILLI = 1 << 10;

  private static final Duration RECONNECTING = Duration.ofSeconds(1);
  private static final int POLL_MILLIS = 5;

  private final ManagedChannel channel;
  private final Channel calls;
  private final Duration deadline;

  /// @param channel to the services
  /// @param deadline of each question, before its answer's length is allowed for
  public RemoteStore(ManagedChannel channel, Duration deadline) {
    this(channel, channel, deadline);
  }

  /// @param channel whose connection is looked after
  /// @param calls what calls are made on, over that channel
  /// @param deadline of each question, before its answer's length is allowed for
  public RemoteStore(ManagedChannel channel, Channel calls, Duration deadline) {
    this.channel = channel;
    this.calls = calls;
    this.deadline = deadline;
  }

  /// What is done with the messages of an answer, as they come.
  @FunctionalInterface
  public interface Answer<R, T> {
    /// Takes them all, or those that it wants: the rest is given up.
    T of(Messages<R> messages)
        throws StoreException, StatusException, InterruptedException, TimeoutException;
  }

  /// The messages of an answer.
  @FunctionalInterface
  public interface Messages<R> {
    /// The next one; empty after the last.
    Optional<R> next() throws StatusException, InterruptedException, TimeoutException;
  }

  /// Asks for one message.
  ///
  /// @param what the question in messages
  /// @return empty when the service says that there is no such thing
  public <Q, R> Optional<R> ask(MethodDescriptor<Q, R> method, Q request, String what)
      throws StoreException {
    return stream(
        method,
        request,
        what,
        0,
        messages -> {
          Optional<R> only = messages.next();
          // What is behind it is its end, or an error.
          if (only.isEmpty() || messages.next().isPresent()) {
            throw new StoreException(
                StoreFailure.IO, what + ": the answer has not 1 message, want 1");
          }
          return only;
        });
  }

  /// Asks for a stream of messages.
  ///
  /// @param sizeBytes how much will come, for the deadline of the whole answer; [#UNKNOWN_BYTES]
  ///     when only each message has one
  /// @param answer takes the messages; called again after a lost connection
  /// @return empty when the service says that there is no such thing
  public <Q, R, T> Optional<T> stream(
      MethodDescriptor<Q, R> method,
      Q request,
      String what,
      long sizeBytes,
      Answer<R, Optional<T>> answer)
      throws StoreException {
    try {
      return once(method, request, sizeBytes, answer);
    } catch (StatusException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        return absent(what, e);
      }
    } catch (InterruptedException e) {
      throw interrupted(what);
    }
    try {
      awaitConnection();
      return once(method, request, sizeBytes, answer);
    } catch (StatusException e) {
      return absent(what, e);
    } catch (InterruptedException e) {
      throw interrupted(what);
    }
  }

  private <Q, R, T> T once(
      MethodDescriptor<Q, R> method, Q request, long sizeBytes, Answer<R, T> answer)
      throws StoreException, StatusException, InterruptedException {
    CallOptions options =
        sizeBytes == UNKNOWN_BYTES
            ? CallOptions.DEFAULT
            : CallOptions.DEFAULT.withDeadlineAfter(
                deadline.toMillis() + sizeBytes / LEAST_BYTES_PER_MILLI, TimeUnit.MILLISECONDS);
    BlockingClientCall<Q, R> call =
        ClientCalls.blockingV2ServerStreamingCall(calls, method, options, request);
    try {
      return answer.of(
          () -> Optional.ofNullable(call.read(deadline.toNanos(), TimeUnit.NANOSECONDS)));
    } catch (TimeoutException e) {
      throw Status.DEADLINE_EXCEEDED
          .withDescription("no message for " + deadline.toMillis() + " ms")
          .withCause(e)
          .asException();
    } finally {
      GivenUp.end(call);
    }
  }

  /// Starts to send a stream of messages.
  public <Q, R> RemoteUpload<Q, R> upload(MethodDescriptor<Q, R> method, String what) {
    return new RemoteUpload<>(
        ClientCalls.blockingClientStreamingCall(calls, method, CallOptions.DEFAULT),
        deadline,
        what);
  }

  private static <T> Optional<T> absent(String what, StatusException e) throws StoreException {
    if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
      return Optional.empty();
    }
    throw Failures.of(what, e);
  }

  static StoreException interrupted(String what) {
    Thread.currentThread().interrupt();
    return new StoreException(StoreFailure.INTERRUPTED, what + ": the caller gave up");
  }

  /// The channel would wait longer and longer between its tries.
  private void awaitConnection() throws InterruptedException {
    channel.resetConnectBackoff();
    long end = System.nanoTime() + Math.min(RECONNECTING.toNanos(), deadline.toNanos());
    while (channel.getState(true) != ConnectivityState.READY && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
