package io.github.storeproof.store.blob;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Cuts content where the content itself says so: FastCDC of 2020, normalization level 1, at 256 KiB on
/// average, as snix does. A change in the middle of a blob moves the cuts around it only.
final class FastCdc {
  static final int LEAST_BYTES = 128 << 10;
  static final int MOST_BYTES = 512 << 10;
  private static final int AVERAGE_BYTES = 256 << 10;

  /// Before the average a cut is less likely (19 bits), after it more (17 bits). The bits are spread
  /// over the word, as the authors of the algorithm chose them.
  private static final long MASK_BEFORE = 0x0000d91707537000L;

  private static final long MASK_AFTER = 0x0000d90703537000L;

  private static final long[] GEAR = gear();

  private FastCdc() {}

  /// A number for each byte: the first eight bytes of the MD5 of that byte, 64 times.
  private static long[] gear() {
    long[] gear = new long[256];
    byte[] block = new byte[64];
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      for (int i = 0; i < gear.length; i++) {
        Arrays.fill(block, (byte) i);
        gear[i] = ByteBuffer.wrap(md5.digest(block)).getLong();
      }
      return gear;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /// How long the first chunk of the content is.
  ///
  /// @param bytes content from the last cut on: all that is left of it, or [#MOST_BYTES] at least
  /// @param sizeBytes how many bytes there are
  static int cut(byte[] bytes, int sizeBytes) {
    if (sizeBytes <= LEAST_BYTES) {
      return sizeBytes;
    }
    int end = Math.min(sizeBytes, MOST_BYTES);
    // The algorithm goes by two bytes: the last one of an odd number is never looked at.
    int center = Math.min(AVERAGE_BYTES, end) & ~1;
    long hash = 0;
    int at = LEAST_BYTES;
    for (; at < center; at++) {
      hash = (hash << 1) + GEAR[bytes[at] & 0xff];
      if ((hash & MASK_BEFORE) == 0) {
        return at;
      }
    }
    for (; at < (end & ~1); at++) {
      hash = (hash << 1) + GEAR[bytes[at] & 0xff];
      if ((hash & MASK_AFTER) == 0) {
        return at;
      }
    }
    return end;
  }
}
