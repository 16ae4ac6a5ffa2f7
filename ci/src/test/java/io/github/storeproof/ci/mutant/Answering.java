package io.github.storeproof.ci.mutant;

import io.github.storeproof.fuse.ErrnoException;
import io.github.storeproof.fuse.FuseOperations;
import io.github.storeproof.fuse.wire.Opcode;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Right operations that answer some requests by their own bytes.
final class Answering extends Forwarding {
  private final long flags;
  private final Answer answer;

  /// What stands in the place of an answer.
  @FunctionalInterface
  interface Answer {
    /// The bytes of the reply, or nothing where the right operations answer.
    Optional<byte[]> to(FuseOperations right, Opcode opcode, long nodeId, MemorySegment request)
        throws ErrnoException;
  }

  /// @param flags of INIT, besides the right ones
  Answering(FuseOperations right, long flags, Answer answer) {
    super(right);
    this.flags = flags;
    this.answer = answer;
  }

  @Override
  public long initFlags() {
    return flags;
  }

  @Override
  public Optional<byte[]> answer(Opcode opcode, long nodeId, MemorySegment request)
      throws ErrnoException {
    return answer.to(right, opcode, nodeId, request);
  }

  /// A structure of the protocol, all zeros but for what is put into it.
  static ByteBuffer structure(int sizeBytes) {
    return ByteBuffer.allocate(sizeBytes).order(ByteOrder.nativeOrder());
  }
}
