package io.github.storeproof.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/// Archives with a random change, most of them wrong by it.
final class NarMutation {
  private static final int MAX_ARCHIVE_BYTES = 20_000;

  private NarMutation() {}

  /// The archive of a small random tree with one to three changes.
  static byte[] of(Random random) throws IOException {
    byte[] archive = small(random);
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      archive = changed(archive, random);
    }
    return archive;
  }

  private static byte[] small(Random random) throws IOException {
    byte[] archive;
    do {
      archive = SampleTree.random(random, 2).nar();
    } while (archive.length > MAX_ARCHIVE_BYTES);
    return archive;
  }

  private static byte[] changed(byte[] archive, Random random) throws IOException {
    if (archive.length == 0) {
      return NarText.of("nix-archive-1");
    }
    int place = random.nextInt(archive.length);
    int word = place & ~7;
    int length = 8 * (1 + random.nextInt(8));
    return switch (random.nextInt(6)) {
      case 0 -> withByte(archive, place, archive[place] ^ (1 << random.nextInt(8)));
      case 1 -> withByte(archive, place, random.nextInt(256));
      case 2 -> Arrays.copyOf(archive, place);
      case 3 -> replaced(archive, word, Math.min(word + length, archive.length), new byte[0]);
      case 4 -> replaced(archive, word, word, piece(small(random), random, length));
      default -> replaced(archive, word, word, piece(archive, random, length));
    };
  }

  private static byte[] piece(byte[] archive, Random random, int length) {
    int from = random.nextInt(archive.length) & ~7;
    return Arrays.copyOfRange(archive, from, Math.min(from + length, archive.length));
  }

  private static byte[] withByte(byte[] archive, int place, int value) {
    byte[] changed = archive.clone();
    changed[place] = (byte) value;
    return changed;
  }

  private static byte[] replaced(byte[] archive, int from, int to, byte[] piece) {
    return NarText.join(
        Arrays.copyOf(archive, from), piece, Arrays.copyOfRange(archive, to, archive.length));
  }
}
