package io.github.storeproof.transport.fusedev;

import static java.lang.System.Logger.Level.WARNING;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.FuseSession;
import io.github.storeproof.fuse.ReplyBuffer;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Answers requests one after the other: has the session make the reply and sends it to the device
/// that the request came from. *Confined*: it owns the buffers of its thread.
final class Responder {
  private static final Logger LOG = System.getLogger(Responder.class.getName());

  private final FuseSession session;
  private final FuseDevice device;
  private final Libc libc;
  private final ReplyBuffer reply;

  /// Two `struct iovec`: base 8, length 8.
  private final MemorySegment vectors;

  Responder(FuseSession session, FuseDevice device, Libc libc, Arena arena, long payloadBytes) {
    this.session = session;
    this.device = device;
    this.libc = libc;
    this.reply = new ReplyBuffer(arena, payloadBytes);
    this.vectors = arena.allocate(32, 8);
  }

  void answer(MemorySegment request) {
    session.handle(request, reply);
    send();
  }

  /// Makes the reply without sending it.
  ReplyBuffer reply(MemorySegment request) {
    session.handle(request, reply);
    return reply;
  }

  void fail(long unique, Errno errno) {
    reply.fail(unique, errno);
    send();
  }

  void send() {
    if (reply.isEmpty()) {
      return;
    }
    Optional<MemorySegment> content = reply.content();
    long result =
        content.isEmpty()
            ? libc.write(device.fd(), reply.message(), reply.lengthBytes())
            : sendBoth(content.get());
    if (result < 0 && !isExpected(-(int) result)) {
      LOG.log(WARNING, "the kernel refused a reply: {0}", Errno.describe(-(int) result));
    }
  }

  private long sendBoth(MemorySegment content) {
    vectors.set(ADDRESS, 0, reply.message());
    vectors.set(JAVA_LONG, 8, reply.lengthBytes());
    vectors.set(ADDRESS, 16, content);
    vectors.set(JAVA_LONG, 24, content.byteSize());
    return libc.writev(device.fd(), vectors, 2);
  }

  /// ENOENT: nobody waits for this reply any more. The others: the mount has ended.
  private static boolean isExpected(int number) {
    return number == Errno.ENOENT.number()
        || number == Errno.ENODEV.number()
        || number == Errno.ECONNABORTED.number()
        || number == Errno.ENOTCONN.number()
        || number == Errno.EPERM.number();
  }
}
