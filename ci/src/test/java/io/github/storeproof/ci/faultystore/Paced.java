package io.github.storeproof.ci.faultystore;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Answers as fast as the client takes the messages, with what can be wrong about that. *Thread-safe.*
final class Paced implements Handler {
  private final Answer answer;
  private final Wrong wrong;
  private final Map<ByteString, Iterator<byte[]>> places = new ConcurrentHashMap<>();
  private final Map<ByteString, List<byte[]>> taken = new ConcurrentHashMap<>();
  private final Semaphore one;

  /// What is wrong.
  enum Wrong {
    /// Calls with the same request share one place in the answer.
    PLACE,
    /// What a client took before it went is the answer to the next one.
    END,
    /// One call at a time.
    ORDER,
    /// Nothing comes behind the first message.
    SILENCE
  }

  /// @param one held by who is answered, where only one is at a time
  Paced(Answer answer, Wrong wrong, Semaphore one) {
    this.answer = answer;
    this.wrong = wrong;
    this.one = one;
  }

  @Override
  public StreamObserver<byte[]> open(StreamObserver<byte[]> client) {
    ServerCallStreamObserver<byte[]> call = (ServerCallStreamObserver<byte[]>) client;
    Semaphore changed = new Semaphore(0);
    call.setOnReadyHandler(changed::release);
    call.setOnCancelHandler(changed::release);
    return new Collecting(client, answer) {
      @Override
      public void onCompleted() {
        ByteString request = ByteString.copyFrom(messages().getFirst());
        Thread.startVirtualThread(() -> {
          try {
            tell(request, call, changed);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
      }
    };
  }

  private void tell(ByteString request, ServerCallStreamObserver<byte[]> client, Semaphore changed)
      throws InterruptedException {
    if (wrong == Wrong.ORDER) {
      one.acquire();
    }
    try {
      List<byte[]> all = new ArrayList<>();
      for (var message : answer.of(List.of(request.toByteArray()))) {
        all.add(message.toByteArray());
      }
      if (send(request, all, client, changed)) {
        client.onCompleted();
      }
    } catch (Refused e) {
      client.onError(e.status().asRuntimeException());
    } catch (InvalidProtocolBufferException e) {
      client.onError(io.grpc.Status.INVALID_ARGUMENT.asRuntimeException());
    } finally {
      one.release();
    }
  }

  /// Whether all was sent.
  private boolean send(
      ByteString request,
      List<byte[]> all,
      ServerCallStreamObserver<byte[]> client,
      Semaphore changed)
      throws InterruptedException {
    Iterator<byte[]> own = taken.getOrDefault(request, all).iterator();
    Iterator<byte[]> place = wrong == Wrong.PLACE ? places.computeIfAbsent(request, _ -> own) : own;
    List<byte[]> sent = new ArrayList<>();
    for (byte[] next = next(place); next != null; next = next(place)) {
      while (!client.isReady() && !client.isCancelled()) {
        changed.acquire();
      }
      if (client.isCancelled()) {
        if (wrong == Wrong.END) {
          taken.put(request, sent);
        }
        return false;
      }
      client.onNext(next);
      sent.add(next);
      if (wrong == Wrong.SILENCE) {
        return false;
      }
    }
    places.remove(request);
    return true;
  }

  private static byte @Nullable [] next(Iterator<byte[]> place) {
    synchronized (place) {
      return place.hasNext() ? place.next() : null;
    }
  }
}
