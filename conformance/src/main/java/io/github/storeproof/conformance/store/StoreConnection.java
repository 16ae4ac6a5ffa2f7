package io.github.storeproof.conformance.store;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/// A connection to store services, on which messages are the bytes that they are on the wire.
/// *Thread-safe.*
public final class StoreConnection implements AutoCloseable {
  private static final Metadata.Key<String> TIMEOUT =
      Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final Runnable end;

  private StoreConnection(ManagedChannel channel, Runnable end) {
    this.channel = channel;
    this.end = end;
  }

  /// A connection to an address, made when it is first used. What the client has not asked for stays with the server,
  /// but for some 64 KiB.
  public static StoreConnection to(StoreAddress address) {
    Sockets sockets = new Sockets();
    return new StoreConnection(sockets.narrow(address), sockets::close);
  }

  /// A connection of another kind, which is closed with this.
  public static StoreConnection over(ManagedChannel channel) {
    return new StoreConnection(channel, () -> {});
  }

  /// Starts a call.
  ///
  /// @param method its full name
  /// @param deadline when it must have ended
  public StoreCall start(String method, Duration deadline) {
    return start(channel, method, deadline);
  }

  /// Starts a call that the server should give up by itself: only the server is told of the limit.
  ///
  /// @param limit what the server is told
  /// @param deadline when the call must have ended
  public StoreCall startLimited(String method, Duration limit, Duration deadline) {
    Metadata headers = new Metadata();
    headers.put(TIMEOUT, limit.toMillis() + "m");
    // The library sets the header from its own deadline only: the call is ended by a timer.
    Channel limited =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    StoreCall call =
        new StoreCall(
            ClientCalls.blockingBidiStreamingCall(
                limited, RawMessages.method(method), CallOptions.DEFAULT),
            Long.MAX_VALUE);
    Thread.startVirtualThread(() -> {
      try {
        Thread.sleep(deadline);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      call.stop();
    });
    return call;
  }

  /// Starts a call whose messages are compressed, as the header of the call says.
  public StoreCall startCompressed(String method, Duration deadline) {
    Channel compressed =
        ClientInterceptors.intercept(
            channel,
            new ClientInterceptor() {
              @Override
              public <Q, A> ClientCall<Q, A> interceptCall(
                  MethodDescriptor<Q, A> called, CallOptions options, Channel next) {
                return next.newCall(called, options.withCompression("gzip"));
              }
            });
    return start(compressed, method, deadline);
  }

  private static StoreCall start(Channel channel, String method, Duration deadline) {
    // The server is told of the deadline too, and may be a little faster.
    long lateNanos = System.nanoTime() + deadline.toNanos() / 10 * 9;
    return new StoreCall(
        ClientCalls.blockingBidiStreamingCall(
            channel,
            RawMessages.method(method),
            CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)),
        lateNanos);
  }

  /// Makes a call to its end.
  public Reply call(String method, Iterator<byte[]> messages, Duration deadline) {
    return start(method, deadline).send(messages).halfClose().end();
  }

  /// Makes a call to its end, which may take its time as long as messages come.
  ///
  /// @param silence the longest time without a message
  /// @param longest the longest time for all
  public Reply callSteadily(
      String method, Iterator<byte[]> messages, Duration silence, Duration longest) {
    StoreCall call = start(method, longest);
    Thread watch = Thread.startVirtualThread(() -> call.stopWhenSilent(silence));
    try {
      return call.send(messages).halfClose().end();
    } finally {
      watch.interrupt();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    end.run();
  }
}
