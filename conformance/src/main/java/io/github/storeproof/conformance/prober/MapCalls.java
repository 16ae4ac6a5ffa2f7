package io.github.storeproof.conformance.prober;

/// Calls on mapped memory. The child itself never touches a mapping, so that a fault is an observation and no crash.
public non-sealed interface MapCalls extends Calls {
  /// Maps a part of a file, reads every byte of it and unmaps it; see [Call.MapRead].
  default Slot mapRead(Operand fd, int lengthBytes, long offset, int mapFlags) {
    return add(new Call.MapRead(arg(fd), lengthBytes, offset, mapFlags));
  }

  /// `mmap(NULL, length, protection, flags, fd, offset)`; the slot is the address.
  default Slot mmap(long length, int protection, int flags, Operand fd, long offset) {
    return call(
        "mmap",
        Arg.nullPointer(),
        Arg.num(length),
        Symbols.protection(protection),
        Symbols.map(flags),
        fd,
        Arg.num(offset));
  }

  /// Reads memory that [#mmap] returned; see [Call.Peek].
  default Slot peek(Operand address, long offsetBytes, int lengthBytes) {
    return add(new Call.Peek(arg(address), offsetBytes, lengthBytes));
  }

  /// `munmap(address, length)`.
  default Slot munmap(Operand address, long length) {
    return call("munmap", address, Arg.num(length));
  }

  /// `madvise(address, length, advice)`.
  default Slot madvise(Operand address, long length, int advice) {
    return call("madvise", address, Arg.num(length), Symbols.madvise(advice));
  }
}
