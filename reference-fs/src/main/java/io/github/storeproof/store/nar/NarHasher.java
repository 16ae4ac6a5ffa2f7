package io.github.storeproof.store.nar;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Hashes a NAR beside the thread that writes it: while one buffer is hashed, the other is filled. SHA-256 is slower than reading,
/// so that reading costs no time of its own. A NAR that fits in a buffer is hashed without another thread. *Confined.*
final class NarHasher extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 18;

  private final NarDigest digest = new NarDigest();
  private byte[] filling = new byte[BUFFER_BYTES];
  private byte @Nullable [] hashed;
  private int filledBytes;
  private @Nullable FutureTask<Void> hashing;

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
    await();
    digest.write(filling, 0, filledBytes);
    return digest;
  }

  private void handOver() throws IOException {
    await();
    byte[] full = filling;
    FutureTask<Void> task = new FutureTask<>(() -> digest.write(full, 0, BUFFER_BYTES), null);
    Thread.ofVirtual().name("nar-hash").start(task);
    hashing = task;
    filling = hashed == null ? new byte[BUFFER_BYTES] : hashed;
    hashed = full;
    filledBytes = 0;
  }

  private void await() throws IOException {
    if (hashing == null) {
      return;
    }
    try {
      hashing.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a NAR is hashed");
    } catch (ExecutionException e) {
      throw new IOException("NAR cannot be hashed", e);
    }
  }
}
