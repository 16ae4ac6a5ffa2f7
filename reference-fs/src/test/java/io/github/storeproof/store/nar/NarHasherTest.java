package io.github.storeproof.store.nar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.storeproof.model.Sha256Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// [NarHasher] takes bytes in any pieces, more than its buffers hold as well.
final class NarHasherTest {
  private static final int MANY_BYTES = 5_000_000;

  private final byte[] bytes = bytes();

  private static byte[] bytes() {
    byte[] random = new byte[MANY_BYTES];
    new Random(4).nextBytes(random);
    return random;
  }

  @Property(tries = 20)
  void theDigestIsThatOfAllPieces(
      @ForAll @IntRange(max = MANY_BYTES) int lengthBytes,
      @ForAll @IntRange(min = 1, max = 700_000) int mostBytes,
      @ForAll long seed)
      throws Exception {
    NarHasher hasher = new NarHasher();
    Random random = new Random(seed);
    for (int at = 0; at < lengthBytes; ) {
      int count = Math.min(lengthBytes - at, random.nextInt(mostBytes) + 1);
      if (count == 1) {
        hasher.write(bytes[at]);
      } else {
        hasher.write(bytes, at, count);
      }
      at += count;
    }
    NarDigest digest = hasher.end();
    assertThat(digest.sizeBytes()).isEqualTo(lengthBytes);
    MessageDigest wanted = MessageDigest.getInstance("SHA-256");
    wanted.update(bytes, 0, lengthBytes);
    assertThat(digest.digest()).isEqualTo(Sha256Digest.of(wanted.digest()));
  }

  @Test
  void whoIsInterruptedHearsOfIt() throws IOException {
    NarHasher hasher = new NarHasher();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  hasher.write(bytes, 0, MANY_BYTES);
                }
              })
          .isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
