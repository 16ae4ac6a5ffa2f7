package io.github.storeproof.store.nar;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Hashes a NAR beside the thread that writes it: while some buffers are hashed, others are filled. SHA-256 is slower than
/// reading, so that reading costs no time of its own. A NAR that fits in a buffer is hashed without another thread; a hasher that
/// is left alone hashes what it has, and leaves nothing running. *Confined.*
final class NarHasher extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 18;

  /// So many that a thread which begins late, or is interrupted, does not make the other wait.
  private static final int BUFFERS = 6;

  private final NarDigest digest = new NarDigest();
  private final Object lock = new Object();
  private byte[] filling = new byte[BUFFER_BYTES];
  private int filledBytes;

  /// Full buffers in their order, the hashed one not among them. Guarded by the lock, as all below.
  private final Deque<byte[]> full = new ArrayDeque<>(BUFFERS);

  private final Deque<byte[]> free = new ArrayDeque<>(BUFFERS);
  private int buffers = 1;
  private boolean isHashing;
  private @Nullable Throwable failure;

  @Override
  public void write(int b) throws IOException {
    if (filledBytes == BUFFER_BYTES) {
      handOver();
    }
    filling[filledBytes++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int lengthBytes) throws IOException {
    int at = offset;
    int end = offset + lengthBytes;
    while (at < end) {
      if (filledBytes == BUFFER_BYTES) {
        handOver();
      }
      int count = Math.min(end - at, BUFFER_BYTES - filledBytes);
      System.arraycopy(bytes, at, filling, filledBytes, count);
      filledBytes += count;
      at += count;
    }
  }

  /// The digest of all that was written. Called once, at the end.
  NarDigest end() throws IOException {
    synchronized (lock) {
      await(() -> !isHashing);
    }
    digest.write(filling, 0, filledBytes);
    return digest;
  }

  private void handOver() throws IOException {
    synchronized (lock) {
      full.add(filling);
      if (!isHashing) {
        isHashing = true;
        Thread.ofVirtual().name("nar-hash").start(this::hashAll);
      }
      await(() -> !free.isEmpty() || buffers < BUFFERS);
      byte[] next = free.poll();
      if (next == null) {
        next = new byte[BUFFER_BYTES];
        buffers++;
      }
      filling = next;
      filledBytes = 0;
    }
  }

  /// Until no full buffer is left.
  private void hashAll() {
    byte[] hashed = null;
    try {
      for (byte[] next = next(hashed); next != null; next = next(hashed)) {
        digest.write(next, 0, BUFFER_BYTES);
        hashed = next;
      }
    } catch (RuntimeException | Error e) {
      synchronized (lock) {
        failure = e;
        isHashing = false;
        lock.notifyAll();
      }
    }
  }

  private byte @Nullable [] next(byte @Nullable [] hashed) {
    synchronized (lock) {
      if (hashed != null) {
        free.add(hashed);
        lock.notifyAll();
      }
      byte[] next = full.poll();
      isHashing = next != null;
      return next;
    }
  }

  private void await(BooleanSupplier isTrue) throws IOException {
    try {
      while (failure == null && !isTrue.getAsBoolean()) {
        lock.wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a NAR is hashed");
    }
    if (failure != null) {
      throw new IOException("NAR cannot be hashed", failure);
    }
  }
}
