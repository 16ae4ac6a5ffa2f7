package io.github.storeproof.transport.fusedev;

import static java.lang.System.Logger.Level.WARNING;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.github.storeproof.fuse.Errno;
import io.github.storeproof.fuse.FuseSession;
import io.github.storeproof.fuse.ReplyBuffer;
import io.github.storeproof.fuse.wire.InHeader;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// The requests that wait for a store, each on a virtual thread with buffers of its own.
///
/// A request loop hands them over and goes on; it never waits here. At most [#MAX_RUNNING] hold
/// buffers at a time, further ones wait for their turn (the kernel bounds how many there can be).
/// An interrupted one ends in EINTR. *Thread-safe.*
final class SlowRequests {
  static final int MAX_RUNNING = 256;

  /// Interrupts that were seen before their request, by another loop.
  private static final int MAX_EARLY = 64;

  private static final Logger LOG = System.getLogger(SlowRequests.class.getName());

  private final FuseSession session;
  private final Semaphore turns = new Semaphore(MAX_RUNNING);
  private final Map<Long, Task> running = new HashMap<>();
  private final Deque<Long> early = new ArrayDeque<>();

  SlowRequests(FuseSession session) {
    this.session = session;
  }

  /// Takes a copy of the request; its reply will go to `device`.
  void submit(FuseDevice device, MemorySegment request) {
    Task task = new Task(device, request.toArray(JAVA_BYTE), InHeader.unique(request));
    boolean interrupted;
    synchronized (running) {
      running.put(task.unique, task);
      interrupted = early.remove(task.unique);
    }
    task.thread.start();
    if (interrupted) {
      task.interrupt();
    }
  }

  /// The caller of a request was interrupted. Nothing happens when it is answered already.
  void interrupt(long unique) {
    synchronized (running) {
      Task task = running.get(unique);
      if (task != null) {
        task.interrupt();
        return;
      }
      if (early.size() == MAX_EARLY) {
        early.removeFirst();
      }
      early.addLast(unique);
    }
  }

  /// Gives all up and waits until they have ended.
  ///
  /// @return false when some have not ended in time: then their descriptors must stay open
  boolean close(Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    synchronized (running) {
      running.values().forEach(Task::interrupt);
      while (!running.isEmpty()) {
        long restMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (restMillis <= 0) {
          return false;
        }
        running.wait(restMillis);
      }
    }
    return true;
  }

  private final class Task implements Runnable {
    private final FuseDevice device;
    private final byte[] request;
    private final long unique;
    private final Thread thread;
    private volatile boolean interrupted;

    Task(FuseDevice device, byte[] request, long unique) {
      this.device = device;
      this.request = request;
      this.unique = unique;
      this.thread = Thread.ofVirtual().name("fuse-request-" + unique).unstarted(this);
    }

    void interrupt() {
      interrupted = true;
      thread.interrupt();
    }

    @Override
    public void run() {
      try (Arena arena = Arena.ofConfined()) {
        answer(arena);
      } catch (RuntimeException | Error e) {
        LOG.log(WARNING, "a request could not be answered", e);
        failWithEio();
      } finally {
        synchronized (running) {
          running.remove(unique, this);
          running.notifyAll();
        }
      }
    }

    private void answer(Arena arena) {
      Libc libc = new Libc(arena);
      try {
        turns.acquire();
      } catch (InterruptedException e) {
        new Responder(session, device, libc, arena, 0).fail(unique, Errno.EINTR);
        return;
      }
      try {
        MemorySegment copy =
            arena.allocate(request.length, 8).copyFrom(MemorySegment.ofArray(request));
        long payloadBytes = FuseSession.replyPayloadBytes(copy);
        Responder responder = new Responder(session, device, libc, arena, payloadBytes);
        ReplyBuffer reply = RequestLoop.serving(() -> responder.reply(copy));
        if (interrupted && reply.isError()) {
          reply.fail(unique, Errno.EINTR);
        }
        responder.send();
      } finally {
        turns.release();
      }
    }

    /// With fresh memory: it may have been the lack of it.
    private void failWithEio() {
      try (Arena arena = Arena.ofConfined()) {
        new Responder(session, device, new Libc(arena), arena, 0).fail(unique, Errno.EIO);
      }
    }
  }
}
