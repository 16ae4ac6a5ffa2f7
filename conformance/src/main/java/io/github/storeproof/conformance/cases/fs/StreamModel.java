package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.wire.Dirent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A directory stream as it should be: a list of entries, and for each open file description a
/// position in it. *Confined.*
final class StreamModel {
  private final List<Dirent> entries;
  private final int[] positions = new int[StreamStep.STREAMS];
  private final boolean[] told = new boolean[StreamStep.STREAMS];

  /// Starts all streams at the first entry of a listing.
  StreamModel(List<Dirent> entries) {
    this.entries = entries;
    Arrays.fill(told, true);
  }

  /// Takes a step and compares what was seen with what the model says; empty when they agree.
  Optional<String> take(StreamStep step, Observation observed) {
    int stream = StreamStep.position(step.stream());
    return switch (step) {
      case StreamStep.Read(_, int bufferBytes) -> read(stream, bufferBytes, observed);
      case StreamStep.Seek(_, int entry) -> moved(stream, entry + 1, observed);
      case StreamStep.Rewind _ -> moved(stream, 0, observed);
      case StreamStep.Tell _ -> tell(stream, observed);
    };
  }

  private Optional<String> moved(int stream, int position, Observation observed) {
    positions[stream] = position;
    told[stream] = true;
    return observed.ok()
        ? Optional.empty()
        : Optional.of("lseek failed with " + observed.errno().name());
  }

  private Optional<String> read(int stream, int bufferBytes, Observation observed) {
    int position = positions[stream];
    boolean fits = position >= entries.size() || recordBytes(position) <= bufferBytes;
    if (!fits && observed.errno().equals(Errno.EINVAL)) {
      // ext4 (Linux 6.18) has moved to the entry by then.
      told[stream] = false;
      return Optional.empty();
    }
    if (!observed.ok()) {
      return Optional.of(
          "getdents64 failed with " + observed.errno().name() + ", want " + wanted(position));
    }
    List<Dirent> seen = Decoded.dirents(observed);
    for (Dirent entry : seen) {
      Optional<String> stray = stray(entry.name(), positions[stream]);
      if (stray.isPresent()) {
        return stray;
      }
      positions[stream]++;
    }
    told[stream] = !seen.isEmpty();
    return seen.isEmpty() && position < entries.size()
        ? Optional.of("the end, want " + wanted(position))
        : Optional.empty();
  }

  private Optional<String> stray(Bytes name, int position) {
    boolean expected = position < entries.size() && entries.get(position).name().equals(name);
    return expected
        ? Optional.empty()
        : Optional.of(Listings.shown(name) + ", want " + wanted(position));
  }

  /// The position behind the end is known to the filesystem only.
  private Optional<String> tell(int stream, Observation observed) {
    int position = positions[stream];
    long offset = position == 0 ? 0 : entries.get(position - 1).off();
    if (!observed.ok()) {
      return Optional.of("lseek(0, SEEK_CUR) failed with " + observed.errno().name());
    }
    return told[stream] && observed.result() != offset
        ? Optional.of(
            "lseek(0, SEEK_CUR) gave "
                + observed.result()
                + ", want "
                + offset
                + ", the d_off of the last entry")
        : Optional.empty();
  }

  private String wanted(int position) {
    return position < entries.size()
        ? "entry " + position + ", " + Listings.shown(entries.get(position).name())
        : "the end";
  }

  private int recordBytes(int position) {
    return ListedDirectory.recordBytes(entries.get(position).name().length());
  }
}
