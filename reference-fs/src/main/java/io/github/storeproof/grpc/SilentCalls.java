package io.github.storeproof.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Ends calls whose client has more to say and says nothing: DEADLINE_EXCEEDED. The time that a store takes
/// for a message does not count, nor does that of a client that reads an answer. *Thread-safe.*
final class SilentCalls implements ServerInterceptor, AutoCloseable {
  private final Duration limit;
  private final ScheduledThreadPoolExecutor timer;

  /// @param limit how long a client may say nothing
  SilentCalls(Duration limit) {
    this.limit = limit;
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("silent-calls").factory());
    timer.setRemoveOnCancelPolicy(true);
    // A server that ends needs no checks.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Silence silence = new Silence();
    ServerCall<Q, R> watched =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            silence.end();
            super.close(status, trailers);
          }
        };
    Heard<Q> heard = new Heard<>(next.startCall(watched, headers), silence);
    silence.start(() -> {
      call.close(
          Status.DEADLINE_EXCEEDED.withDescription(
              "client said nothing for " + limit.toMillis() + " ms, want a message or its end"),
          new Metadata());
      heard.giveUp();
    });
    return heard;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// How long a client has said nothing. One check waits at a time, which looks for how long there is to
  /// wait yet: a message costs no more than a look at the clock.
  private final class Silence {
    // Held while something that was heard is being worked on.
    private final ReentrantLock lock = new ReentrantLock();
    private long heardNanos = System.nanoTime();
    private boolean isOver;
    private @Nullable Runnable last;
    private @Nullable Future<?> check;

    void start(Runnable atTheEnd) {
      lock.lock();
      try {
        last = atTheEnd;
        checkIn(limit.toNanos());
      } finally {
        lock.unlock();
      }
    }

    private void checkIn(long nanos) {
      if (!isOver) {
        // Ending a call may wait for a disk.
        check =
            timer.schedule(
                () -> Thread.startVirtualThread(this::check), nanos, TimeUnit.NANOSECONDS);
      }
    }

    /// Waits while something is being worked on.
    private void check() {
      lock.lock();
      try {
        long restNanos = limit.toNanos() - (System.nanoTime() - heardNanos);
        if (restNanos > 0) {
          checkIn(restNanos);
        } else if (!isOver && last != null) {
          isOver = true;
          last.run();
        }
      } finally {
        lock.unlock();
      }
    }

    /// Works on something that was heard, unless the call is over.
    void hear(Runnable work) {
      lock.lock();
      try {
        if (!isOver) {
          work.run();
          heardNanos = System.nanoTime();
        }
      } finally {
        lock.unlock();
      }
    }

    /// Nothing more needs to be heard.
    void end() {
      lock.lock();
      try {
        isOver = true;
        if (check != null) {
          check.cancel(false);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private static final class Heard<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Silence silence;

    Heard(ServerCall.Listener<Q> listener, Silence silence) {
      super(listener);
      this.silence = silence;
    }

    @Override
    public void onMessage(Q message) {
      silence.hear(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      silence.hear(() -> {
        silence.end();
        super.onHalfClose();
      });
    }

    @Override
    public void onCancel() {
      silence.end();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      silence.end();
      super.onComplete();
    }

    void giveUp() {
      super.onCancel();
    }
  }
}
