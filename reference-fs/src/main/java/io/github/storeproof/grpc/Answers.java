package io.github.storeproof.grpc;

import io.github.storeproof.model.InvalidDataException;
import io.github.storeproof.store.StoreException;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Answers to calls, made on the call's own virtual thread.
final class Answers {
  private Answers() {}

  /// Makes an answer of one message.
  @FunctionalInterface
  interface Single<R> {
    /// The message; empty when there is no such thing.
    Optional<R> make() throws StoreException;
  }

  /// Makes an answer of many messages.
  @FunctionalInterface
  interface Many<R> {
    void make(Sender<R> sender) throws StoreException, InterruptedException;
  }

  /// What is told to a client that waits for its end.
  @FunctionalInterface
  private interface Telling {
    void tell() throws StoreException, InterruptedException;
  }

  /// @param what the thing that was asked for, in messages
  static <R> void one(StreamObserver<R> client, String what, Single<R> answer) {
    tell(client, () -> client.onNext(answer.make().orElseThrow(() -> Statuses.notFound(what))));
  }

  /// Makes it on a virtual thread of its own, which waits while the client does not read.
  static <R> void many(StreamObserver<R> client, Many<R> answer) {
    Sender<R> sender = new Sender<>((ServerCallStreamObserver<R>) client);
    // With what the call's context knows, a trace for instance; not with its end: others may wait
    // for what is loaded here.
    Thread.startVirtualThread(
        Context.current().fork().wrap(() -> tell(client, () -> answer.make(sender))));
  }

  private static void tell(StreamObserver<?> client, Telling telling) {
    try {
      telling.tell();
      client.onCompleted();
    } catch (StoreException e) {
      client.onError(Statuses.of(e));
    } catch (InvalidDataException e) {
      client.onError(Statuses.of(e));
    } catch (StatusRuntimeException e) {
      client.onError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      client.onError(Status.CANCELLED.asRuntimeException());
    }
  }

  /// Sends messages as fast as the client takes them. *Confined.*
  static final class Sender<R> {
    // A few messages, so that the next one is made while others are sent.
    private static final int BUFFERED_BYTES = 1 << 20;

    private final ServerCallStreamObserver<R> client;
    private final Semaphore changed = new Semaphore(0);

    Sender(ServerCallStreamObserver<R> client) {
      this.client = client;
      client.setOnReadyThreshold(BUFFERED_BYTES);
      client.setOnReadyHandler(changed::release);
      client.setOnCancelHandler(changed::release);
    }

    void send(R message) throws InterruptedException {
      while (!client.isReady() && !client.isCancelled()) {
        changed.acquire();
      }
      if (client.isCancelled()) {
        throw Status.CANCELLED.asRuntimeException();
      }
      client.onNext(message);
    }
  }
}
