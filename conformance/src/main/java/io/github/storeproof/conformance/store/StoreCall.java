package io.github.storeproof.conformance.store;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call that is under way. *Confined.*
public final class StoreCall {
  private static final int MOST_MESSAGES = 1 << 20;
  private static final long MOST_BYTES = 256L << 20;

  private final BlockingClientCall<byte[], byte[]> call;
  private final long lateNanos;
  private volatile long heardNanos = System.nanoTime();
  private volatile boolean isSilent;
  private @Nullable Status ended;

  StoreCall(BlockingClientCall<byte[], byte[]> call, long lateNanos) {
    this.call = call;
    this.lateNanos = lateNanos;
  }

  /// Sends messages, as fast as the server takes them; those after the call's end are not sent.
  public StoreCall send(Iterator<byte[]> messages) {
    while (messages.hasNext() && send(messages.next())) {
      // Until the server has ended the call.
    }
    return this;
  }

  /// Sends a message.
  ///
  /// @return whether the call goes on
  public boolean send(byte[] message) {
    try {
      return ended == null && call.write(message);
    } catch (StatusException e) {
      ended = e.getStatus();
      return false;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /// Says that no more messages come.
  public StoreCall halfClose() {
    try {
      call.halfClose();
    } catch (IllegalStateException closed) {
      // The server has ended it before.
    }
    return this;
  }

  /// Gives the call up, and takes what has come of it, which would stay in memory outside of the heap.
  public void cancel() {
    stop();
    while (next().isPresent()) {
      // Until it says that it is cancelled.
    }
  }

  /// Gives the call up, from any thread; its own one is told by the next message.
  void stop() {
    call.cancel("the kit gives this call up", null);
  }

  /// Gives the call up, from a thread of its own, once nothing has come for so long; until then, or until the thread is
  /// interrupted, it watches.
  void stopWhenSilent(Duration silence) {
    try {
      for (long left = silence.toNanos(); left > 0; left = leftNanos(silence)) {
        Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    isSilent = true;
    stop();
  }

  private long leftNanos(Duration silence) {
    return heardNanos + silence.toNanos() - System.nanoTime();
  }

  /// The next message; empty at the end, of which [#end] tells.
  public Optional<byte[]> next() {
    if (ended != null) {
      return Optional.empty();
    }
    try {
      byte[] message = call.read();
      heardNanos = System.nanoTime();
      if (message == null) {
        ended = Status.OK;
      }
      return Optional.ofNullable(message);
    } catch (StatusException e) {
      ended = e.getStatus();
      return Optional.empty();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /// Takes all that still comes, to the end.
  public Reply end() {
    List<byte[]> messages = new ArrayList<>();
    long bytes = 0;
    for (Optional<byte[]> next = next(); next.isPresent(); next = next()) {
      messages.add(next.get());
      bytes += next.get().length;
      if (messages.size() >= MOST_MESSAGES || bytes > MOST_BYTES) {
        cancel();
        return new Reply(messages, Status.OK, true, false);
      }
    }
    Status status = ended == null ? Status.UNKNOWN : ended;
    boolean isGivenUp =
        status.getCode() == Status.Code.DEADLINE_EXCEEDED
            || status.getCode() == Status.Code.CANCELLED;
    boolean isLate = isGivenUp && (isSilent || System.nanoTime() >= lateNanos);
    return new Reply(messages, status, false, isLate);
  }

  private IllegalStateException interrupted() {
    stop();
    Thread.currentThread().interrupt();
    return new IllegalStateException("the call was interrupted");
  }
}
