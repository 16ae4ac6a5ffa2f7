package io.github.storeproof.ci.bench;

import java.util.Arrays;

/// What rounds took.
final class Times {
  private Times() {}

  static double secondsSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  static double best(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
