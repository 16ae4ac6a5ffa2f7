package io.github.storeproof.conformance.cases.store;

import io.github.storeproof.fixtures.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// A content and how it is cut into messages. *Immutable.*
///
/// @param seed of the content
/// @param cuts the bytes of each message
record Upload(long seed, List<Integer> cuts) {
  private static final int MOST_MESSAGES = 10;

  /// Around the chunks of BLAKE3, pages, and what stores cut at.
  private static final Integer[] SIZES = {
    0, 0, 1, 2, 63, 64, 1023, 1024, 1025, 4096, 65_535, 65_536, 65_537, 262_145
  };

  /// Contents cut in many ways; they shrink to fewer and smaller messages.
  static Arbitrary<Upload> any() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 1L << 40),
            Arbitraries.of(SIZES).list().ofMaxSize(MOST_MESSAGES))
        .as(Upload::new);
  }

  byte[] content() {
    int sizeBytes = cuts.stream().mapToInt(Integer::intValue).sum();
    return new Seed(seed).content(sizeBytes).slice(0, sizeBytes);
  }

  List<byte[]> messages() {
    byte[] content = content();
    List<byte[]> messages = new ArrayList<>();
    int at = 0;
    for (int cut : cuts) {
      messages.add(Blobs.message(Arrays.copyOfRange(content, at, at + cut)));
      at += cut;
    }
    return messages;
  }
}
