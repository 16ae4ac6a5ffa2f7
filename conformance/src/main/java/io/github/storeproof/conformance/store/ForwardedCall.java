package io.github.storeproof.conformance.store;

import io.github.storeproof.conformance.store.HeldCalls.Held;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call of a mount, on its way to the store and back. *Thread-safe*: the two sides are told of
/// by threads of their own.
final class ForwardedCall extends ServerCall.Listener<byte[]> implements Held {
  private final ServerCall<byte[], byte[]> mount;
  private final Metadata headers;
  private final Channel channel;
  private final Plans plans;
  private @Nullable ClientCall<byte[], byte[]> store;
  private byte @Nullable [] request;
  private Plan.@Nullable Stream stream;
  private boolean isCancelled;
  private boolean wantsMore;

  ForwardedCall(ServerCall<byte[], byte[]> mount, Metadata headers, Channel channel, Plans plans) {
    this.mount = mount;
    this.headers = headers;
    this.channel = channel;
    this.plans = plans;
  }

  /// Starts to take messages.
  void start() {
    if (isLookedInto()) {
      // One message, and the end behind it.
      mount.request(2);
    } else if (plans.faults().isStopped()) {
      plans.faults().hold(this);
    } else {
      forward(List::of).request(1);
      mount.request(1);
    }
  }

  private boolean isLookedInto() {
    return Plans.looksInto(mount.getMethodDescriptor().getFullMethodName());
  }

  @Override
  public synchronized void onMessage(byte[] message) {
    if (isLookedInto()) {
      request = message;
      return;
    }
    ClientCall<byte[], byte[]> to = store;
    if (to != null) {
      to.sendMessage(message);
      mount.request(1);
    }
  }

  @Override
  public synchronized void onHalfClose() {
    if (isLookedInto()) {
      act();
    } else if (store != null) {
      store.halfClose();
    }
  }

  private void act() {
    byte[] message = request == null ? new byte[0] : request;
    switch (plans.of(mount.getMethodDescriptor().getFullMethodName(), message)) {
      case Plan.Refuse(Status status) -> close(status);
      case Plan.Hold() -> plans.faults().hold(this);
      case Plan.Reply(byte[] reply) -> {
        mount.sendHeaders(new Metadata());
        mount.sendMessage(reply);
        close(Status.OK);
      }
      case Plan.Stream answer -> {
        mount.sendHeaders(new Metadata());
        stream = answer;
        pump(answer);
      }
      case Plan.Pass(Plan.Change change) -> {
        ClientCall<byte[], byte[]> to = forward(change);
        to.request(1);
        to.sendMessage(message);
        to.halfClose();
      }
    }
  }

  /// Sends as much as the client takes.
  private void pump(Plan.Stream answer) {
    while (!isCancelled && mount.isReady()) {
      if (!answer.messages().hasNext()) {
        close(answer.end());
        return;
      }
      mount.sendMessage(answer.messages().next());
    }
  }

  private synchronized ClientCall<byte[], byte[]> forward(Plan.Change change) {
    ClientCall<byte[], byte[]> to =
        channel.newCall(mount.getMethodDescriptor(), CallOptions.DEFAULT);
    store = to;
    to.start(new Back(to, change), headers);
    return to;
  }

  private void close(Status status) {
    if (!isCancelled) {
      isCancelled = true;
      mount.close(status, new Metadata());
    }
  }

  @Override
  public synchronized void proceed() {
    if (isCancelled) {
      return;
    }
    if (isLookedInto()) {
      act();
    } else {
      start();
    }
  }

  @Override
  public synchronized void fail() {
    close(Status.UNAVAILABLE.withDescription("the fault proxy has held this call"));
  }

  @Override
  public synchronized void onCancel() {
    isCancelled = true;
    plans.faults().drop(this);
    if (store != null) {
      store.cancel("the mount gave up", null);
    }
  }

  @Override
  public synchronized void onReady() {
    if (stream != null) {
      pump(stream);
    }
    if (wantsMore && store != null) {
      wantsMore = false;
      store.request(1);
    }
  }

  /// What comes back from the store.
  private final class Back extends ClientCall.Listener<byte[]> {
    private final ClientCall<byte[], byte[]> from;
    private final Plan.Change change;

    Back(ClientCall<byte[], byte[]> from, Plan.Change change) {
      this.from = from;
      this.change = change;
    }

    @Override
    public void onHeaders(Metadata answer) {
      synchronized (ForwardedCall.this) {
        if (!isCancelled) {
          mount.sendHeaders(answer);
        }
      }
    }

    @Override
    public void onMessage(byte[] message) {
      synchronized (ForwardedCall.this) {
        if (isCancelled) {
          return;
        }
        try {
          change.of(message).forEach(mount::sendMessage);
        } catch (Plan.Broken broken) {
          broken.last().forEach(mount::sendMessage);
          close(broken.status());
          from.cancel("broken off", null);
          return;
        }
        if (mount.isReady()) {
          from.request(1);
        } else {
          wantsMore = true;
        }
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      synchronized (ForwardedCall.this) {
        if (isCancelled) {
          return;
        }
        if (status.isOk()) {
          change.atEnd().forEach(mount::sendMessage);
        }
        close(status);
      }
    }
  }
}
