package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.fixtures.Content;
import java.util.Arrays;
import java.util.Optional;

/// What is wrong with bytes that a call took from a file; empty when nothing is.
final class Slices {
  private Slices() {}

  /// A call that may give less than asked for, but gives something before the end of the file, and the right bytes.
  static Optional<String> wrongPart(
      Content content, long offset, int length, Observation call, byte[] bytes) {
    long rest = Math.max(0, content.size() - offset);
    if (!call.ok()) {
      return Optional.of(Allowed.outcome(call));
    }
    if (call.result() > Math.min(rest, length) || (call.result() == 0 && length > 0 && rest > 0)) {
      return Optional.of(
          "result %d where the file has %d bytes left".formatted(call.result(), rest));
    }
    return wrongBytes(content.slice(offset, (int) call.result()), bytes);
  }

  /// Bytes that are not those.
  static Optional<String> wrongBytes(byte[] expected, byte[] observed) {
    return Arrays.equals(expected, observed)
        ? Optional.empty()
        : Optional.of(Allowed.difference(expected, observed));
  }

  /// How a message names a part.
  static String words(int length, long offset) {
    return "up to %d bytes from offset %d, as the file has them".formatted(length, offset);
  }
}
