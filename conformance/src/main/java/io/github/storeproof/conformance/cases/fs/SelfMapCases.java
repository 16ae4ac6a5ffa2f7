package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EFAULT;
import static io.github.storeproof.conformance.prober.Errno.EINVAL;
import static io.github.storeproof.conformance.prober.Linux.MAP_PRIVATE;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECT;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_DONTNEED;
import static io.github.storeproof.conformance.prober.Linux.PROT_READ;
import static io.github.storeproof.conformance.prober.Linux.PROT_WRITE;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import java.util.List;
import java.util.Optional;

/// Reads whose buffer is a mapping of the file that is read: while the read is under way, its buffer is read from the same file.
public final class SelfMapCases {
  private static final int FILES = 4;
  private static final int PAGE_BYTES = 4096;
  private static final int LENGTH_BYTES = 24 * PAGE_BYTES;

  @Checks("READ-11")
  void readsIntoAMappingOfTheSameFileEnd(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : files(subject)) {
      for (long mapped : new long[] {0, PAGE_BYTES, LENGTH_BYTES}) {
        for (long read : new long[] {0, PAGE_BYTES, LENGTH_BYTES + 1}) {
          wantRead(trial, file, O_RDONLY, mapped, read);
        }
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-11")
  void directReadsIntoAMappingOfTheSameFileEnd(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : files(subject)) {
      wantRead(trial, file, O_RDONLY | O_DIRECT, 0, 0);
      wantRead(trial, file, O_RDONLY | O_DIRECT, PAGE_BYTES, 0);
      wantRead(trial, file, O_RDONLY | O_DIRECT, 0, LENGTH_BYTES);
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-11")
  void readsIntoAMappingThatCannotBeWrittenFail(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : files(subject)) {
      Slot fd = coldOpen(trial, file, O_RDONLY);
      Slot address = trial.calls().mmap(LENGTH_BYTES, PROT_READ, MAP_PRIVATE, fd, 0);
      trial.want(
          trial.calls().preadInto(fd, address, PAGE_BYTES, LENGTH_BYTES), Allowed.errno(EFAULT));
      trial.want(
          trial.calls().peek(address, 0, PAGE_BYTES),
          Allowed.bytes(Files.content(file).slice(0, PAGE_BYTES)));
      trial.calls().munmap(address, LENGTH_BYTES);
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  /// Maps a part of a file that nothing has in memory, and reads another part of it, or the same, into the mapping.
  private static void wantRead(
      Trial trial, FixtureEntry file, int flags, long mappedOffset, long readOffset) {
    Content content = Files.content(file);
    Slot fd = coldOpen(trial, file, flags);
    Slot address =
        trial.calls().mmap(LENGTH_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, mappedOffset);
    Slot read = trial.calls().preadInto(fd, address, LENGTH_BYTES, readOffset);
    Slot seen = trial.calls().peek(address, 0, LENGTH_BYTES);
    trial.want(
        "%d bytes from offset %d, as the file has them".formatted(LENGTH_BYTES, readOffset)
            + (flags == O_RDONLY ? "" : ", or EINVAL"),
        List.of(fd, address, read, seen),
        o -> wrong(content, readOffset, flags, o));
    trial.calls().munmap(address, LENGTH_BYTES);
    trial.calls().close(fd);
  }

  private static Optional<String> wrong(
      Content content, long offset, int flags, List<Observation> o) {
    Observation read = o.get(2);
    boolean mayRefuse = flags != O_RDONLY;
    if (mayRefuse && (!o.getFirst().ok() || read.errno().equals(EINVAL))) {
      return Optional.empty();
    }
    if (!read.ok() || read.result() != LENGTH_BYTES) {
      return Optional.of(Allowed.outcome(read));
    }
    return Slices.wrongBytes(content.slice(offset, LENGTH_BYTES), o.getLast().bytes());
  }

  private static Slot coldOpen(Trial trial, FixtureEntry file, int flags) {
    Slot fd = trial.calls().open(file.pathBytes(), flags);
    trial.calls().fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return fd;
  }

  private static List<FixtureEntry> files(Subject subject) {
    List<FixtureEntry> files =
        Files.largest(subject, FILES).stream()
            .filter(file -> Files.content(file).size() >= 3 * LENGTH_BYTES)
            .toList();
    if (files.isEmpty()) {
      subject.skip("the fixture has no file of %d bytes".formatted(3 * LENGTH_BYTES));
    }
    return files;
  }
}
