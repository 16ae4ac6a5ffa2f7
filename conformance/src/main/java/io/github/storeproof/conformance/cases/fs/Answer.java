package io.github.storeproof.conformance.cases.fs;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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

  @Override
  public void close() {
    task.cancel(true);
  }
}
