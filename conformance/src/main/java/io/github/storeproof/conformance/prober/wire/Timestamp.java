package io.github.storeproof.conformance.prober.wire;

/// A time of a node: seconds since 1970 and nanoseconds. Immutable.
public record Timestamp(long seconds, long nanos) {
  @Override
  public String toString() {
    return nanos == 0 ? Long.toString(seconds) : "%d.%09d".formatted(seconds, nanos);
  }
}
