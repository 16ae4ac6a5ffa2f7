package io.github.storeproof.grpc;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.store.StoreException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes the messages of a client's stream into a writer, which is opened by the first and closed
/// whatever happens. *Confined* to its call.
abstract class Upload<M, W> implements StreamObserver<M> {
  private final Opener<W> opener;
  private final Consumer<W> closer;
  private final Consumer<Throwable> refusal;
  private @Nullable W writer;
  private boolean isRefused;

  /// Opens a writer.
  @FunctionalInterface
  interface Opener<W> {
    W open() throws StoreException;
  }

  /// A step that a store may refuse.
  @FunctionalInterface
  private interface Step {
    void run() throws StoreException;
  }

  Upload(Opener<W> opener, Consumer<W> closer, Consumer<Throwable> refusal) {
    this.opener = opener;
    this.closer = closer;
    this.refusal = refusal;
  }

  /// Takes one message.
  abstract void take(W into, M message) throws StoreException;

  /// Answers after the last one.
  abstract void end(W from) throws StoreException;

  @Override
  public final void onNext(M message) {
    attempt(() -> take(writer(), message));
  }

  @Override
  public final void onCompleted() {
    attempt(() -> end(writer()));
    close();
  }

  @Override
  public final void onError(Throwable gone) {
    close();
  }

  private void attempt(Step step) {
    if (isRefused) {
      return;
    }
    try {
      step.run();
    } catch (StoreException e) {
      refuse(Statuses.of(e));
    } catch (InvalidDataException e) {
      refuse(Statuses.of(e));
    } catch (StatusRuntimeException e) {
      refuse(e);
    }
  }

  private void refuse(RuntimeException status) {
    isRefused = true;
    close();
    refusal.accept(status);
  }

  private W writer() throws StoreException {
    W open = writer;
    if (open == null) {
      open = opener.open();
      writer = open;
    }
    return open;
  }

  private void close() {
    if (writer != null) {
      closer.accept(writer);
      writer = null;
    }
  }
}
