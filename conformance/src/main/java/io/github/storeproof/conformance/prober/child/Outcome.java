package io.github.storeproof.conformance.prober.child;

import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.ThreadRounds;
import java.util.List;

/// What a call gave, as the kernel says it: `result` negative is an errno.
record Outcome(long result, List<Bytes> outs, List<ThreadRounds> threads) {
  private static final long MAX_ERRNO = 4095;

  static Outcome of(long result, Bytes... outs) {
    return new Outcome(result, List.of(outs), List.of());
  }

  static boolean isError(long result) {
    return result < 0 && result >= -MAX_ERRNO;
  }

  Observation observation(Call call, long nanos) {
    if (isError(result)) {
      return new Observation(call, -1, new Errno((int) -result), outs, nanos, threads);
    }
    return new Observation(call, result, Errno.NONE, outs, nanos, threads);
  }
}
