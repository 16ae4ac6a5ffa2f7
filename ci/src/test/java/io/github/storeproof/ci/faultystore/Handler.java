package io.github.storeproof.ci.faultystore;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/// Answers one call, whose messages are bytes.
@FunctionalInterface
interface Handler {
  StreamObserver<byte[]> open(StreamObserver<byte[]> client);

  /// Makes an answer of all messages of a request.
  @FunctionalInterface
  interface Answer {
    List<? extends MessageLite> of(List<byte[]> messages)
        throws Refused, InvalidProtocolBufferException;
  }

  /// A handler that answers when the request is complete.
  static Handler of(Answer answer) {
    return client -> new Collecting(client, answer);
  }

  /// Collects messages. *Confined* to its call.
  class Collecting implements StreamObserver<byte[]> {
    private final StreamObserver<byte[]> client;
    private final Answer answer;
    private final List<byte[]> messages;

    Collecting(StreamObserver<byte[]> client, Answer answer) {
      this(client, answer, new ArrayList<>());
    }

    /// @param messages takes them until the answer is made
    Collecting(StreamObserver<byte[]> client, Answer answer, List<byte[]> messages) {
      this.client = client;
      this.answer = answer;
      this.messages = messages;
    }

    List<byte[]> messages() {
      return messages;
    }

    @Override
    public void onNext(byte[] message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable gone) {}

    @Override
    public void onCompleted() {
      try {
        answer.of(messages).forEach(one -> client.onNext(one.toByteArray()));
        client.onCompleted();
      } catch (Refused e) {
        client.onError(e.status().asRuntimeException());
      } catch (InvalidProtocolBufferException e) {
        client.onError(Status.INVALID_ARGUMENT.withCause(e).asRuntimeException());
      } finally {
        messages.clear();
      }
    }
  }
}
