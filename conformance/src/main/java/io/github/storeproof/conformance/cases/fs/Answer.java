package io.github.storeproof.conformance.cases.fs;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A value that is found beside a case. Closing waits for it. *Confined.*
final class Answer<T> implements AutoCloseable {
  private final FutureTask<T> task;

  private Answer(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Answer<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return new Answer<>(task);
  }

  /// The value, once it is there.
  T value() {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Waits for the value, or until the time is over.
  void await(Duration limit) {
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      // what it is, or is not, is for value() to say
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    task.cancel(true);
  }
}
