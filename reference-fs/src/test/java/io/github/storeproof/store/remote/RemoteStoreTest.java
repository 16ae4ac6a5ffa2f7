package io.github.storeproof.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.store.StoreException;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What came of an answer that is given up is let go: over a network it is memory outside of the heap.
@Timeout(120)
class RemoteStoreTest {
  private static final int MESSAGES = 3;

  private final AtomicInteger held = new AtomicInteger();
  private final CountDownLatch sent = new CountDownLatch(MESSAGES);
  private final MethodDescriptor<byte[], byte[]> method =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .setFullMethodName("test.Service/Stream")
          .setRequestMarshaller(new Held())
          .setResponseMarshaller(new Held())
          .build();
  private Server server;
  private ManagedChannel channel;

  /// Counts messages on the way that were neither read nor closed.
  private final class Held implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      held.incrementAndGet();
      AtomicBoolean isHeld = new AtomicBoolean(true);
      return new ByteArrayInputStream(value) {
        @Override
        public void close() {
          if (isHeld.getAndSet(false)) {
            held.decrementAndGet();
          }
        }
      };
    }

    @Override
    public byte[] parse(InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("test.Service")
            .addMethod(
                method,
                ServerCalls.<byte[], byte[]>asyncServerStreamingCall((request, client) -> {
                  for (int i = 0; i < MESSAGES; i++) {
                    client.onNext(request);
                    sent.countDown();
                  }
                  client.onCompleted();
                }))
            .build();
    server = InProcessServerBuilder.forName("given-up").addService(service).build().start();
    channel = InProcessChannelBuilder.forName("given-up").build();
  }

  @AfterEach
  void end() throws InterruptedException {
    channel.shutdownNow();
    server.shutdownNow().awaitTermination();
  }

  private void ask(RemoteStore.Answer<byte[], Optional<byte[]>> answer) throws StoreException {
    var _ =
        new RemoteStore(channel, Duration.ofSeconds(60))
            .stream(method, new byte[] {1}, "test", 0, answer);
  }

  private void awaitNothingHeld() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (held.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(held.get()).as("messages that nobody lets go").isZero();
  }

  @Test
  void whatCameAndIsNotWantedIsLetGo() throws Exception {
    ask(messages -> {
      Optional<byte[]> first = messages.next();
      sent.await();
      return first;
    });
    awaitNothingHeld();
  }

  @Test
  void whatCameForWhoIsInterruptedIsLetGo() throws Exception {
    assertThatThrownBy(() ->
            ask(messages -> {
              var _ = messages.next();
              sent.await();
              Thread.currentThread().interrupt();
              return messages.next();
            }))
        .isInstanceOf(StoreException.class);
    assertThat(Thread.interrupted()).isTrue();
    awaitNothingHeld();
  }
}
