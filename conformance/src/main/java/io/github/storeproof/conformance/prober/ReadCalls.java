package io.github.storeproof.conformance.prober;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Calls that read and move file content.
public non-sealed interface ReadCalls extends Calls {
  /// `read(fd, buffer, count)`; the output is what was read.
  default Slot read(Operand fd, int count) {
    return call("read", fd, new Arg.Out(count, true), Arg.num(count));
  }

  /// `pread(fd, buffer, count, offset)`; the output is what was read.
  default Slot pread(Operand fd, int count, long offset) {
    return pread(fd, count, Arg.num(offset));
  }

  /// `pread(fd, buffer, count, offset)` at an offset that an earlier call returned.
  default Slot pread(Operand fd, int count, Operand offset) {
    return call("pread64", fd, new Arg.Out(count, true), Arg.num(count), offset);
  }

  /// `pread(fd, address, count, offset)` into memory that an earlier mmap returned.
  default Slot preadInto(Operand fd, Operand address, long count, long offset) {
    return call("pread64", fd, address, Arg.num(count), Arg.num(offset));
  }

  /// `readv(fd, buffers)`; the outputs are the buffers, filled in their order.
  default Slot readv(Operand fd, Integer... counts) {
    return call("readv", fd, new Arg.OutVector(List.of(counts)), Arg.num(counts.length));
  }

  /// `preadv2(fd, buffers, offset, flags)`; offset -1 reads at the file's position.
  default Slot preadv2(Operand fd, List<Integer> counts, long offset, int flags) {
    return call(
        "preadv2",
        fd,
        new Arg.OutVector(counts),
        Arg.num(counts.size()),
        Arg.num(offset),
        Arg.num(0),
        Symbols.rwf(flags));
  }

  /// `preadv(fd, buffers, offset)`; the outputs are the buffers, filled in their order.
  default Slot preadv(Operand fd, List<Integer> counts, long offset) {
    return call(
        "preadv",
        fd,
        new Arg.OutVector(counts),
        Arg.num(counts.size()),
        Arg.num(offset),
        Arg.num(0));
  }

  /// Reads parts of a file by io_uring, all at once; see [Call.RingReads].
  default Slot ringReads(Operand fd, List<Call.Range> ranges) {
    return add(new Call.RingReads(arg(fd), ranges));
  }

  /// `lseek(fd, offset, whence)`.
  default Slot lseek(Operand fd, long offset, int whence) {
    return lseek(fd, Arg.num(offset), whence);
  }

  /// `lseek(fd, offset, whence)` to an offset that an earlier call returned.
  default Slot lseek(Operand fd, Operand offset, int whence) {
    return call("lseek", fd, offset, Symbols.whence(whence));
  }

  /// Reads a file from its position to its end with buffers of one size; see [Observation#readAll].
  default Slot readAll(Operand fd, int bufferBytes) {
    return add(new Call.ReadAll(arg(fd), bufferBytes, 0));
  }

  /// Reads a file to its end as [#readAll(Operand, int)] does, and keeps the first `headBytes` bytes.
  default Slot readAll(Operand fd, int bufferBytes, int headBytes) {
    return add(new Call.ReadAll(arg(fd), bufferBytes, headBytes));
  }

  /// `posix_fadvise(fd, offset, length, advice)`.
  default Slot fadvise(Operand fd, long offset, long length, int advice) {
    return call("fadvise64", fd, Arg.num(offset), Arg.num(length), Symbols.fadvise(advice));
  }

  /// `readahead(fd, offset, count)`.
  default Slot readahead(Operand fd, long offset, long count) {
    return call("readahead", fd, Arg.num(offset), Arg.num(count));
  }

  /// `sendfile(to, from, &offset, count)`.
  default Slot sendfile(Operand to, Operand from, long offset, long count) {
    return call("sendfile", to, from, offsetPointer(offset), Arg.num(count));
  }

  /// `sendfile(to, from, NULL, count)`: from the position of `from`, which moves.
  default Slot sendfile(Operand to, Operand from, long count) {
    return call("sendfile", to, from, Arg.nullPointer(), Arg.num(count));
  }

  /// `splice(from, &offset, to, NULL, count, 0)`; one of the two is a pipe, and `offset` -1 is the position of `from`.
  default Slot splice(Operand from, long offset, Operand to, long count) {
    Arg at = offset == -1 ? Arg.nullPointer() : offsetPointer(offset);
    return call("splice", from, at, to, Arg.nullPointer(), Arg.num(count), Arg.num(0));
  }

  /// `copy_file_range(from, &offset, to, NULL, count, 0)`: `to` is written at its position.
  default Slot copyFileRange(Operand from, long offset, Operand to, long count) {
    return call(
        "copy_file_range",
        from,
        offsetPointer(offset),
        to,
        Arg.nullPointer(),
        Arg.num(count),
        Arg.num(0));
  }

  private static Arg offsetPointer(long offset) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(offset);
    return new Arg.InOut(Bytes.of(bytes.array()));
  }
}
