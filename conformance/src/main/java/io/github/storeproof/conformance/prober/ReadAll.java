package io.github.storeproof.conformance.prober;

import io.github.storeproof.model.B3Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// What [Call.ReadAll] saw until the end or an error. Immutable.
///
/// @param lengthBytes how many bytes were read
/// @param digest their digest
/// @param crc32 their CRC-32, which a replay computes too
/// @param head the first bytes, as many as were asked for
/// @param readsBytes what the first reads returned, at most [#MAX_READS] of them; the last 0 is not among them
public record ReadAll(
    long lengthBytes, B3Digest digest, long crc32, Bytes head, List<Integer> readsBytes) {
  /// How many sizes of reads are kept.
  public static final int MAX_READS = 64;

  /// Copies the list.
  public ReadAll {
    readsBytes = List.copyOf(readsBytes);
  }

  static ReadAll of(Observation observation) {
    if (!(observation.call() instanceof Call.ReadAll)) {
      throw new IllegalStateException("not a readAll: " + observation.call());
    }
    ByteBuffer summary = buffer(observation.outs().get(0));
    long length = summary.getLong();
    long crc = summary.getLong();
    ByteBuffer sizes = buffer(observation.outs().get(3));
    List<Integer> reads = new ArrayList<>();
    while (sizes.hasRemaining()) {
      reads.add(sizes.getInt());
    }
    return new ReadAll(
        length,
        B3Digest.of(observation.outs().get(1).toArray()),
        crc,
        observation.outs().get(2),
        reads);
  }

  private static ByteBuffer buffer(Bytes bytes) {
    return ByteBuffer.wrap(bytes.toArray()).order(ByteOrder.LITTLE_ENDIAN);
  }
}
