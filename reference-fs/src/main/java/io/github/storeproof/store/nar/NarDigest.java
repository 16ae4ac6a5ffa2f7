package io.github.storeproof.store.nar;

import io.github.storeproof.model.Sha256Digest;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Hashes a NAR as it is written, and counts its bytes. *Confined.*
public final class NarDigest extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 13;

  private final MessageDigest sha256 = newSha256();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int bufferedBytes;
  private long sizeBytes;

  @Override
  public void write(int b) {
    if (bufferedBytes == BUFFER_BYTES) {
      drain();
    }
    buffer[bufferedBytes++] = (byte) b;
    sizeBytes++;
  }

  @Override
  public void write(byte[] bytes, int offset, int lengthBytes) {
    if (lengthBytes > BUFFER_BYTES - bufferedBytes) {
      drain();
    }
    if (lengthBytes > BUFFER_BYTES) {
      sha256.update(bytes, offset, lengthBytes);
    } else {
      System.arraycopy(bytes, offset, buffer, bufferedBytes, lengthBytes);
      bufferedBytes += lengthBytes;
    }
    sizeBytes += lengthBytes;
  }

  /// How many bytes were written.
  public long sizeBytes() {
    return sizeBytes;
  }

  /// The digest of all bytes written. Called once, at the end.
  public Sha256Digest digest() {
    drain();
    return Sha256Digest.of(sha256.digest());
  }

  private void drain() {
    sha256.update(buffer, 0, bufferedBytes);
    bufferedBytes = 0;
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
