package io.github.storeproof.conformance.store;

import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;

/// What is wrong with one thing in a store. Offsets are those of the whole blob, whether a client
/// reads it as a whole or by its chunks.
public sealed interface Fault {
  /// It is not there (NOT_FOUND).
  record Missing() implements Fault {}

  /// The chunk with the byte at an offset is not there (NOT_FOUND), and the blob still lists it. Read as a whole, the blob
  /// ends there in the same way.
  record MissingAt(long offset) implements Fault {}

  /// Asking for it fails.
  ///
  /// @param code the status
  /// @param times how often still; the questions after that succeed
  record Fails(Status.Code code, AtomicInteger times) implements Fault {
    /// Every time.
    public static Fails always(Status.Code code) {
      return new Fails(code, new AtomicInteger(Integer.MAX_VALUE));
    }

    /// The next time.
    public static Fails once(Status.Code code) {
      return new Fails(code, new AtomicInteger(1));
    }

    boolean isDue() {
      return times.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
  }

  /// A bit of the byte at an offset is flipped; of a directory, of its encoding.
  record Flips(long offset) implements Fault {}

  /// The last bytes are cut off.
  record Shortens(int bytes) implements Fault {}

  /// Bytes are added at the end.
  record Lengthens(int bytes) implements Fault {}

  /// The stream ends in an error at an offset; chunks before and behind it can be read. For the list
  /// of path infos the offset counts messages.
  record BreaksOff(long offset) implements Fault {}

  /// Nothing is answered until [Faults#release] or [Faults#clear].
  record Holds() implements Fault {}

  /// This message is answered instead.
  record Answers(byte[] message) implements Fault {}

  /// Stat answers this message, in which a list of chunks can be anything; the bytes are right.
  record Lists(byte[] message) implements Fault {}

  /// These messages are answered instead, as long as the client takes them, and this status behind them.
  record Streams(Iterable<byte[]> messages, Status.Code end) implements Fault {}
}
