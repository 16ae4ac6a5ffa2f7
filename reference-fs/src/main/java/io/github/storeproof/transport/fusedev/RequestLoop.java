package io.github.storeproof.transport.fusedev;

import static java.lang.System.Logger.Level.WARNING;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.FuseSession;
import io.github.storeproof.fuse.wire.InHeader;
import io.github.storeproof.fuse.wire.Opcode;
import io.github.storeproof.fuse.wire.Requests;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/// Reads requests from one descriptor and answers them in place, until the mount ends. What may
/// wait for a store goes to [SlowRequests] instead, so that the loop never waits for anything but
/// the kernel.
final class RequestLoop implements Runnable {
  private static final Logger LOG = System.getLogger(RequestLoop.class.getName());

  /// Bound while the thread answers a request: it must not wait for the kernel then.
  private static final ScopedValue<Boolean> SERVING = ScopedValue.newInstance();

  private final FuseSession session;
  private final FuseDevice device;
  private final SlowRequests slow;

  RequestLoop(FuseSession session, FuseDevice device, SlowRequests slow) {
    this.session = session;
    this.device = device;
    this.slow = slow;
  }

  /// Runs `answer` as the answering of a request.
  static <T> T serving(Supplier<T> answer) {
    return ScopedValue.where(SERVING, true).call(answer::get);
  }

  /// Whether this thread answers a request.
  static boolean isServing() {
    return SERVING.isBound();
  }

  @Override
  public void run() {
    ScopedValue.where(SERVING, true).run(this::serve);
  }

  private void serve() {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      MemorySegment buffer = arena.allocate(FuseSession.MAX_REQUEST_BYTES, 4096);
      Responder responder =
          new Responder(session, device, libc, arena, FuseSession.MAX_PAYLOAD_BYTES);
      while (true) {
        long lengthBytes = device.receive(libc, buffer);
        if (lengthBytes <= 0) { // a device never gives 0 bytes, but a socket in its place does
          end(-(int) lengthBytes);
          return;
        }
        dispatch(buffer.asSlice(0, lengthBytes), responder);
      }
    }
  }

  private void dispatch(MemorySegment request, Responder responder) {
    try {
      if (isInterrupt(request)) {
        slow.interrupt(Requests.interruptedUnique(request));
      } else if (session.mayBlock(request)) {
        slow.submit(device, request);
      } else {
        responder.answer(request);
      }
    } catch (RuntimeException | Error e) {
      LOG.log(WARNING, "a request could not be answered", e);
      responder.fail(InHeader.unique(request), Errno.EIO);
    }
  }

  private static boolean isInterrupt(MemorySegment request) {
    return request.byteSize() >= InHeader.SIZE_BYTES + Opcode.INTERRUPT.minimumBodyBytes()
        && InHeader.opcode(request) == Opcode.INTERRUPT;
  }

  /// ENODEV: unmounted. ECONNABORTED: given up through fusectl or by force.
  private static void end(int number) {
    if (number != 0 && number != Errno.ENODEV.number() && number != Errno.ECONNABORTED.number()) {
      LOG.log(WARNING, "reading /dev/fuse failed: {0}", Errno.describe(number));
    }
  }
}
