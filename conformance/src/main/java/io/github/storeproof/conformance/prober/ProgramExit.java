package io.github.storeproof.conformance.prober;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/// How a program of [Call.Spawn] ended. Immutable.
///
/// @param waitStatus the status word of wait4
/// @param stdout its standard output, at most 1 MiB
/// @param stderr its standard error, at most 1 MiB
public record ProgramExit(int waitStatus, Bytes stdout, Bytes stderr) {
  static ProgramExit of(Observation observation) {
    if (!(observation.call() instanceof Call.Spawn) || !observation.ok()) {
      throw new IllegalStateException("no program ran: " + observation);
    }
    int status = ByteBuffer.wrap(observation.bytes()).order(ByteOrder.nativeOrder()).getInt();
    return new ProgramExit(status, observation.outs().get(1), observation.outs().get(2));
  }

  /// Returns the exit code, or nothing when a signal ended the program.
  public OptionalInt code() {
    return (waitStatus & 0x7f) == 0 ? OptionalInt.of(waitStatus >> 8 & 0xff) : OptionalInt.empty();
  }

  /// Returns the signal that ended the program.
  public OptionalInt signal() {
    return (waitStatus & 0x7f) == 0 ? OptionalInt.empty() : OptionalInt.of(waitStatus & 0x7f);
  }

  @Override
  public String toString() {
    String how = code().isPresent() ? "exit " + code().getAsInt() : "signal " + signal().getAsInt();
    return how
        + " stdout="
        + Escapes.quote(stdout.toArray(), 64)
        + " stderr="
        + Escapes.quote(stderr.toArray(), 64);
  }
}
