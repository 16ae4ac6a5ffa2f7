package io.github.storeproof.watch;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Tells of calls of gRPC services from their first header to their status.
public final class WatchedCalls {
  private WatchedCalls() {}

  /// Of the calls that a server answers.
  public static ServerInterceptor ofServer(CallWatch watch) {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return listener(
            new Once(watch.begin(call.getMethodDescriptor(), headers)), call, headers, next);
      }
    };
  }

  /// Of the calls of a client.
  public static ClientInterceptor ofClient(CallWatch watch) {
    return new ClientInterceptor() {
      @Override
      public <Q, R> ClientCall<Q, R> interceptCall(
          MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return call(watch, method, next.newCall(method, options));
      }
    };
  }

  /// A call that ends once.
  private record Once(CallWatch.Running running, AtomicBoolean isOver) {
    Once(CallWatch.Running running) {
      this(running, new AtomicBoolean());
    }

    void end(Status status) {
      if (isOver.compareAndSet(false, true)) {
        running.end(status);
      }
    }
  }

  private static <Q, R> ServerCall.Listener<Q> listener(
      Once once, ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ServerCall<Q, R> watched =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            super.close(status, trailers);
            once.end(status);
          }
        };
    Context context = once.running().context(Context.current());
    return new SimpleForwardingServerCallListener<>(
        Contexts.interceptCall(context, watched, headers, next)) {
      @Override
      public void onCancel() {
        once.end(Status.CANCELLED);
        super.onCancel();
      }
    };
  }

  private static <Q, R> ClientCall<Q, R> call(
      CallWatch watch, MethodDescriptor<Q, R> method, ClientCall<Q, R> call) {
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(ClientCall.Listener<R> listener, Metadata headers) {
        Once once = new Once(watch.begin(method, headers));
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, @Nullable Metadata trailers) {
                once.end(status);
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }
}
