package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.SEEK_CUR;
import static io.github.storeproof.conformance.prober.Linux.SEEK_END;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Operand;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.fixtures.Content;
import java.util.ArrayList;
import java.util.List;

/// The model of an open file description of a regular file: its content and one position, whichever descriptor, thread or
/// process asks. It adds calls to a trial together with what they must answer. *Confined.*
final class OpenFile {
  private final Content content;
  private final List<Slot> moves = new ArrayList<>();
  private long position;

  OpenFile(Content content) {
    this.content = content;
  }

  /// read(2), which moves the position.
  void read(Trial trial, Place place, Operand fd, int count) {
    byte[] expected = content.slice(position, count);
    position += expected.length;
    Slot slot = place.call(trial, calls -> calls.read(fd, count));
    moved(trial, slot, place.here(Allowed.bytes(expected)));
  }

  /// pread(2), which leaves the position.
  void pread(Trial trial, Place place, Operand fd, int count, long offsetBytes) {
    Slot slot = place.call(trial, calls -> calls.pread(fd, count, offsetBytes));
    trial.want(slot, place.here(Allowed.bytes(content.slice(offsetBytes, count))));
  }

  /// lseek(2), which fails before the start of the file.
  void seek(Trial trial, Place place, Operand fd, long offsetBytes, int whence) {
    long target =
        switch (whence) {
          case SEEK_CUR -> position + offsetBytes;
          case SEEK_END -> content.size() + offsetBytes;
          default -> offsetBytes;
        };
    Slot slot = place.call(trial, calls -> calls.lseek(fd, offsetBytes, whence));
    Allowed allowed = target < 0 ? Allowed.errno(Errno.EINVAL) : Allowed.result(target);
    position = target < 0 ? position : target;
    moved(trial, slot, place.here(allowed));
  }

  /// lseek(2) by nothing.
  void tell(Trial trial, Place place, Operand fd) {
    seek(trial, place, fd, 0, SEEK_CUR);
  }

  /// fstat(2).
  void stat(Trial trial, Place place, Operand fd) {
    Slot slot = place.call(trial, calls -> calls.fstat(fd));
    trial.want(
        slot,
        place.here(
            Decoded.stat(
                "st_size " + content.size(),
                stat -> stat.isRegular() && stat.size() == content.size(),
                stat -> "type 0%o and st_size %d".formatted(stat.type(), stat.size()))));
  }

  long size() {
    return content.size();
  }

  private void moved(Trial trial, Slot slot, Allowed allowed) {
    trial.want(moves, slot, allowed);
    moves.add(slot);
  }
}
