package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.model.B3Digest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;

/// Digests that are wrong in some way, and words for digests.
final class Digests {
  private static final int[] LENGTHS = {0, 1, 20, 31, 33, 64};

  private Digests() {}

  /// A digest for people.
  static String words(byte[] digest) {
    return digest.length == B3Digest.LENGTH_BYTES
        ? "the digest " + B3Digest.of(digest)
        : "a digest of " + digest.length + " bytes (" + HexFormat.of().formatHex(digest) + ")";
  }

  /// Digests of other lengths than 32, which begin as a known one does.
  static byte[][] ofOtherLengths(byte[] known) {
    byte[][] others = new byte[LENGTHS.length][];
    for (int i = 0; i < LENGTHS.length; i++) {
      others[i] = Arrays.copyOf(known, LENGTHS[i]);
    }
    return others;
  }

  /// Digests of nothing, some of them close to a known one.
  static byte[][] unknown(byte[] known, Random random) {
    byte[] any = new byte[known.length];
    random.nextBytes(any);
    return new byte[][] {
      any, new byte[known.length], flipped(known, 0), flipped(known, known.length - 1)
    };
  }

  private static byte[] flipped(byte[] digest, int at) {
    byte[] copy = digest.clone();
    copy[at] ^= 1;
    return copy;
  }

  /// How bytes differ from what was wanted; empty when they do not.
  static Optional<String> difference(byte[] wanted, byte[] seen) {
    return Arrays.equals(wanted, seen)
        ? Optional.empty()
        : Optional.of(Allowed.difference(wanted, seen));
  }
}
