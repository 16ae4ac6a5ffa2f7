package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EINVAL;
import static io.github.storeproof.conformance.prober.Errno.ENXIO;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.SEEK_CUR;
import static io.github.storeproof.conformance.prober.Linux.SEEK_DATA;
import static io.github.storeproof.conformance.prober.Linux.SEEK_HOLE;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// SEEK_DATA and SEEK_HOLE. Whoever copies sparsely believes them, so nothing but zeros may lie in what they call a hole.
public final class HoleCases {
  private static final int FILES = 40;
  private static final long LARGEST_BYTES = 4 << 20;
  private static final long[] EDGES = {0, 1, 4095, 4096, 4097, 65_536, 131_071, 131_072};

  @Checks("READ-10")
  void dataIsNeverCalledAHole(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : files(subject)) {
      Zeros zeros = Zeros.of(Files.content(file));
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      offsets(Files.content(file))
          .forEach(offset -> {
            wantData(trial, fd, offset, zeros);
            wantHole(trial, fd, offset, zeros);
          });
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-10")
  void behindTheEndThereIsNeither(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : files(subject)) {
      long size = Files.content(file).size();
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      trial.calls().lseek(fd, 7, SEEK_SET);
      for (long offset : new long[] {size, size + 1, size + 4096, 1L << 32, Long.MAX_VALUE}) {
        trial.want(trial.calls().lseek(fd, offset, SEEK_DATA), Allowed.errno(ENXIO));
        trial.want(trial.calls().lseek(fd, offset, SEEK_HOLE), Allowed.errno(ENXIO));
      }
      trial.want(trial.calls().lseek(fd, 0, SEEK_CUR), Allowed.result(7));
      wantRefusalOrStart(trial, fd, SEEK_DATA);
      wantRefusalOrStart(trial, fd, SEEK_HOLE);
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  /// Before the start is nowhere, or what the start is.
  private static void wantRefusalOrStart(Trial trial, Slot fd, int whence) {
    Slot start = trial.calls().lseek(fd, 0, whence);
    Slot before = trial.calls().lseek(fd, -1, whence);
    trial.want(
        "ENXIO or EINVAL for offset -1, or the answer to offset 0",
        List.of(start, before),
        o -> {
          Observation negative = o.getLast();
          boolean refused = !negative.ok() && Set.of(ENXIO, EINVAL).contains(negative.errno());
          boolean asAtStart = negative.ok() && negative.result() == o.getFirst().result();
          return refused || asAtStart ? Optional.empty() : Optional.of(Allowed.outcome(negative));
        });
  }

  private static void wantData(Trial trial, Slot fd, long offset, Zeros zeros) {
    Slot data = trial.calls().lseek(fd, offset, SEEK_DATA);
    long first = zeros.firstOther(offset);
    boolean mayHaveNone = first == zeros.size();
    trial.want(
        data,
        new Allowed(
            mayHaveNone
                ? "%d to %d, or ENXIO: only zeros follow".formatted(offset, zeros.size() - 1)
                : "%d to %d, where bytes other than 0 begin".formatted(offset, first),
            o ->
                o.ok()
                    ? o.result() >= offset && o.result() <= Math.min(first, zeros.size() - 1)
                    : mayHaveNone && o.errno().equals(ENXIO),
            Allowed::outcome));
    wantPosition(trial, fd, data);
  }

  /// A hole begins at a zero, and what is a hole is not data.
  private static void wantHole(Trial trial, Slot fd, long offset, Zeros zeros) {
    Slot hole = trial.calls().lseek(fd, offset, SEEK_HOLE);
    trial.want(
        hole,
        new Allowed(
            "%d to %d, and before the end only where a 0 is".formatted(offset, zeros.size()),
            o -> o.ok() && o.result() >= offset && zeros.mayBeHole(o.result()),
            Allowed::outcome));
    wantPosition(trial, fd, hole);
    Slot data = trial.calls().lseek(fd, hole, SEEK_DATA);
    trial.want(
        "no data where a hole begins",
        List.of(hole, data),
        o ->
            o.getFirst().ok() && o.getLast().ok() && o.getLast().result() <= o.getFirst().result()
                ? Optional.of(
                    "a hole at %d and data at %d"
                        .formatted(o.getFirst().result(), o.getLast().result()))
                : Optional.empty());
  }

  private static void wantPosition(Trial trial, Slot fd, Slot moved) {
    Slot position = trial.calls().lseek(fd, 0, SEEK_CUR);
    trial.want("the position that lseek returned", List.of(moved, position), HoleCases::strayed);
  }

  private static Optional<String> strayed(List<Observation> o) {
    return o.getFirst().ok() && o.getFirst().result() != o.getLast().result()
        ? Optional.of("position " + o.getLast().result() + " after " + o.getFirst().result())
        : Optional.empty();
  }

  private static LongStream offsets(Content content) {
    LongStream extents =
        content.extents().stream()
            .limit(20)
            .flatMapToLong(extent ->
                LongStream.of(
                    extent.offsetBytes() - 1,
                    extent.offsetBytes(),
                    extent.offsetBytes() + 1,
                    extent.endBytes() - 1,
                    extent.endBytes(),
                    extent.endBytes() + 1));
    return LongStream.concat(
            LongStream.concat(LongStream.of(EDGES), extents),
            LongStream.of(content.size() / 2, content.size() - 1))
        .filter(offset -> offset >= 0 && offset < content.size())
        .distinct();
  }

  private static List<FixtureEntry> files(Subject subject) {
    return Files.largest(subject, Integer.MAX_VALUE).stream()
        .filter(file -> Files.content(file).size() <= LARGEST_BYTES)
        .sorted(Comparator.comparing(file -> !hasHoles(Files.content(file))))
        .limit(FILES)
        .toList();
  }

  private static boolean hasHoles(Content content) {
    long data = content.extents().stream().mapToLong(e -> e.endBytes() - e.offsetBytes()).sum();
    return data < content.size();
  }

  /// Where a content has bytes other than 0.
  private record Zeros(byte[] bytes) {
    static Zeros of(Content content) {
      return new Zeros(content.slice(0, (int) content.size()));
    }

    long size() {
      return bytes.length;
    }

    /// The first byte from there on that is not 0, or the size.
    long firstOther(long offset) {
      int at = (int) offset;
      while (at < bytes.length && bytes[at] == 0) {
        at++;
      }
      return at;
    }

    boolean mayBeHole(long offset) {
      return offset == bytes.length || (offset < bytes.length && bytes[(int) offset] == 0);
    }
  }
}
