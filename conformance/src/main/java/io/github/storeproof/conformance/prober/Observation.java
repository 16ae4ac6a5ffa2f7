package io.github.storeproof.conformance.prober;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// What one call did: its result, its errno and the bytes it wrote. Immutable.
///
/// @param call the call as it was made
/// @param result what the system call returned; -1 for an error
/// @param errno the error, [Errno#NONE] without one
/// @param outs the outputs in the order of the arguments; after an error there may be none
/// @param nanos how long it took
/// @param threads the observations of nested scripts: one for each thread, or one
public record Observation(
    Call call, long result, Errno errno, List<Bytes> outs, long nanos, List<ThreadRounds> threads) {
  /// Copies the lists.
  public Observation {
    outs = List.copyOf(outs);
    threads = List.copyOf(threads);
  }

  /// Returns true if the call did not fail.
  public boolean ok() {
    return errno.equals(Errno.NONE);
  }

  /// Returns the first output: what was read, the link target, the attribute's value; empty after an error.
  public byte[] bytes() {
    return outs.isEmpty() ? new byte[0] : outs.getFirst().toArray();
  }

  /// Returns the first output as the bytes before its first NUL: the path that getcwd gave.
  public byte[] text() {
    byte[] bytes = bytes();
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return Arrays.copyOf(bytes, length);
  }

  /// Returns what [Call.ReadAll] saw.
  public ReadAll readAll() {
    return ReadAll.of(this);
  }

  /// Returns how a program of [Call.Spawn] ended.
  public ProgramExit exit() {
    return ProgramExit.of(this);
  }

  /// Returns `revents` of [Call.Poll].
  public int pollEvents() {
    return ByteBuffer.wrap(bytes()).order(ByteOrder.nativeOrder()).getShort(6);
  }

  /// Returns what a read of [Call.RingReads] returned: a length, or a negative errno.
  public int ringResult(int read) {
    return ByteBuffer.wrap(bytes()).order(ByteOrder.nativeOrder()).getInt(read * Integer.BYTES);
  }

  /// Returns the observations of the only nested script.
  public Observations inner() {
    if (threads.isEmpty()) {
      throw new IllegalStateException("nothing ran inside: " + this);
    }
    return threads.getFirst().first();
  }

  /// Returns true if both say the same of the target: results that are numbers of the process (descriptors, addresses) and times do not count.
  public boolean sameOutcome(Observation other) {
    boolean sameResult =
        result == other.result || (call.resultIsArbitrary() && result >= 0 && other.result >= 0);
    return sameResult && errno.equals(other.errno) && outs.equals(other.outs) && sameThreads(other);
  }

  private boolean sameThreads(Observation other) {
    if (threads.size() != other.threads.size()) {
      return false;
    }
    for (int thread = 0; thread < threads.size(); thread++) {
      if (!threads.get(thread).first().sameOutcome(other.threads.get(thread).first())) {
        return false;
      }
    }
    return true;
  }

  /// Returns the observation in one line, without the call: `= 17 "…"`, `= -1 ENOENT`.
  @Override
  public String toString() {
    return ObservationText.line(this);
  }
}
