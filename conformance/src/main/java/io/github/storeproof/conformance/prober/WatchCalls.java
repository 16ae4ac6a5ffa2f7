package io.github.storeproof.conformance.prober;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Calls that wait for events.
public non-sealed interface WatchCalls extends Calls {
  /// `inotify_init1(IN_NONBLOCK)`.
  default Slot inotify() {
    return call("inotify_init1", new Arg.OpenFlags(Linux.O_NONBLOCK));
  }

  /// `inotify_add_watch(inotify, path, mask)`.
  default Slot inotifyAddWatch(Operand inotify, Arg path, int mask) {
    return call("inotify_add_watch", inotify, path, Arg.num(mask));
  }

  /// `epoll_create1(0)`.
  default Slot epoll() {
    return call("epoll_create1", Arg.num(0));
  }

  /// `epoll_ctl(epoll, EPOLL_CTL_ADD, fd, {events, data 0})`.
  default Slot epollAdd(Operand epoll, Operand fd, int events) {
    ByteBuffer event = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putInt(events);
    return call(
        "epoll_ctl",
        epoll,
        Arg.num(Linux.EPOLL_CTL_ADD, "EPOLL_CTL_ADD"),
        fd,
        new Arg.In(Bytes.of(event.array())));
  }

  /// `epoll_wait(epoll, events, 1, timeout)`; the output begins with the events of the first that is ready.
  default Slot epollWait(Operand epoll, int timeoutMillis) {
    return call(
        "epoll_pwait",
        epoll,
        new Arg.Out(16, false),
        Arg.num(1),
        Arg.num(timeoutMillis),
        Arg.nullPointer(),
        Arg.num(8));
  }

  /// `select` for reading of one descriptor below 1024, as pselect6; output 0 is the set of those that are ready.
  default Slot select(int fd, int timeoutMillis) {
    byte[] set = new byte[128];
    set[fd / 8] = (byte) (1 << fd % 8);
    ByteBuffer timeout = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    timeout.putLong(timeoutMillis / 1000).putLong(timeoutMillis % 1000 * 1_000_000L);
    return call(
        "pselect6",
        Arg.num(fd + 1L),
        new Arg.InOut(Bytes.of(set)),
        Arg.nullPointer(),
        Arg.nullPointer(),
        new Arg.In(Bytes.of(timeout.array())),
        Arg.nullPointer());
  }

  /// `poll` of one descriptor, as ppoll; the output is its `struct pollfd`, see [Observation#pollEvents]. Takes a descriptor number or a slot.
  default Slot poll(Operand fd, int events, int timeoutMillis) {
    return add(new Call.Poll(arg(fd), events, timeoutMillis));
  }
}
