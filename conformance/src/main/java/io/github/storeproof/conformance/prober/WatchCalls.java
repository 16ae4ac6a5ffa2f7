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

  /// `poll` of one descriptor, as ppoll; the output is its `struct pollfd`, see [Observation#pollEvents]. Takes a descriptor number or a slot.
  default Slot poll(Operand fd, int events, int timeoutMillis) {
    return add(new Call.Poll(arg(fd), events, timeoutMillis));
  }
}
