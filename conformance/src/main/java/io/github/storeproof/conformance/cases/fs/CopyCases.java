package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EXDEV;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_DONTNEED;
import static io.github.storeproof.conformance.prober.Linux.SEEK_CUR;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Operand;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// sendfile, splice and copy_file_range: the kernel takes pages of a file without a read.
public final class CopyCases {
  private static final int FILES = 24;
  private static final int WHOLE_FILES = 6;
  private static final int PAGE_BYTES = 4096;
  private static final int PIPE_BYTES = 65_536;
  private static final int SOCKET_BYTES = 16_384;
  private static final int STEP_BYTES = 300_001;
  private static final long LARGEST_WHOLE_BYTES = 4 << 20;
  private static final long[] OFFSETS = {0, 1, 4095, 4096, 65_535, 131_072, 131_073, 1 << 20};

  /// Copies a part of a file to something that can be read.
  private interface Copying {
    /// The call that copies.
    Slot copy(Script.Builder calls, Operand file, long offset, int length, Operand to);
  }

  @Checks("READ-8")
  void sendfileToAFileIsExact(Subject subject) {
    Trial trial = new Trial();
    forParts(
        subject,
        trial,
        70_001,
        (file, fd, offset, length) -> {
          Slot memory = trial.calls().memfd();
          Slot sent = trial.calls().sendfile(memory, fd, offset, length);
          wantPart(trial, file, offset, length, sent, trial.calls().pread(memory, length + 1, 0));
          trial.calls().close(memory);
        });
    Trials.run(subject, trial);
  }

  @Checks("READ-8")
  void sendfileToASocketIsExact(Subject subject) {
    Trial trial = new Trial();
    Slot sockets = trial.calls().socketpair();
    throughABuffer(
        subject,
        trial,
        SOCKET_BYTES,
        sockets,
        (calls, fd, offset, length, to) -> calls.sendfile(to, fd, offset, length));
    Trials.run(subject, trial);
  }

  @Checks("READ-8")
  void spliceToAPipeIsExact(Subject subject) {
    Trial trial = new Trial();
    Slot pipe = trial.calls().pipeWithoutWaiting();
    throughABuffer(
        subject,
        trial,
        PIPE_BYTES,
        pipe,
        (calls, fd, offset, length, to) -> calls.splice(fd, offset, to, length));
    Trials.run(subject, trial);
  }

  @Checks("READ-8")
  void copyFileRangeIsExactOrCrossesDevices(Subject subject) {
    Trial trial = new Trial();
    forParts(
        subject,
        trial,
        70_001,
        (file, fd, offset, length) -> {
          Slot memory = trial.calls().memfd();
          Slot copied = trial.calls().copyFileRange(fd, offset, memory, length);
          Slot read = trial.calls().pread(memory, length + 1, 0);
          trial.want(
              Slices.words(length, offset) + ", or EXDEV",
              List.of(copied, read),
              o ->
                  o.getFirst().errno().equals(EXDEV)
                      ? Optional.empty()
                      : wrongPart(file, offset, length, o));
          trial.calls().close(memory);
        });
    Trials.run(subject, trial);
  }

  @Checks("READ-8")
  void wholeFilesAreSentFromTheirPosition(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : wholeFiles(subject)) {
      Slot fd = coldOpen(trial, file);
      Slot memory = trial.calls().memfd();
      List<Slot> steps = new ArrayList<>();
      long stepCount = Files.content(file).size() / STEP_BYTES + 3;
      for (long step = 0; step < stepCount; step++) {
        steps.add(trial.calls().sendfile(memory, fd, STEP_BYTES));
      }
      wantSum(trial, List.copyOf(steps), Files.content(file));
      wantPosition(trial, fd, Files.content(file).size());
      trial.calls().lseek(memory, 0, SEEK_SET);
      steps.add(trial.calls().readAll(memory, 1 << 20));
      wantContent(trial, steps, Files.content(file));
      trial.calls().close(fd);
      trial.calls().close(memory);
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-8")
  void spliceMovesThePosition(Subject subject) {
    Trial trial = new Trial();
    Slot pipe = trial.calls().pipeWithoutWaiting();
    for (FixtureEntry file : wholeFiles(subject)) {
      Content content = Files.content(file);
      Slot fd = coldOpen(trial, file);
      Slot first = trial.calls().splice(fd, -1, trial.calls().writeEnd(pipe), 100);
      wantPart(trial, file, 0, 100, first, trial.calls().read(trial.calls().readEnd(pipe), 200));
      trial.want(
          trial.calls().read(fd, 100),
          Allowed.bytes(content.slice(Math.min(100, content.size()), 100)));
      trial.calls().splice(fd, 1, trial.calls().writeEnd(pipe), 10);
      trial.calls().read(trial.calls().readEnd(pipe), 200);
      wantPosition(trial, fd, Math.min(200, content.size()));
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  private static void throughABuffer(
      Subject subject, Trial trial, int mostBytes, Slot ends, Copying copying) {
    forParts(
        subject,
        trial,
        mostBytes,
        (file, fd, offset, length) -> {
          Slot copied =
              copying.copy(trial.calls(), fd, offset, length, trial.calls().writeEnd(ends));
          Slot read = trial.calls().read(trial.calls().readEnd(ends), mostBytes);
          wantPart(trial, file, offset, length, copied, read);
        });
  }

  /// What is done with a part of a file.
  private interface PartCheck {
    void look(FixtureEntry file, Slot fd, long offset, int length);
  }

  private static void forParts(Subject subject, Trial trial, int mostBytes, PartCheck check) {
    for (FixtureEntry file : Files.largest(subject, FILES)) {
      long size = Files.content(file).size();
      Slot fd = coldOpen(trial, file);
      LongStream.concat(LongStream.of(OFFSETS), LongStream.of(size - 1, size))
          .filter(offset -> offset >= 0 && offset <= size)
          .distinct()
          .forEach(offset -> check.look(file, fd, offset, lengthAt(offset, mostBytes)));
      check.look(file, fd, Math.max(0, size - PAGE_BYTES - 1), mostBytes);
      trial.calls().close(fd);
    }
  }

  private static int lengthAt(long offset, int mostBytes) {
    return offset % 2 == 0 ? Math.min(mostBytes, PAGE_BYTES + 1) : mostBytes;
  }

  private static void wantPart(
      Trial trial, FixtureEntry file, long offset, int length, Slot copied, Slot read) {
    trial.want(
        Slices.words(length, offset),
        List.of(copied, read),
        o -> wrongPart(file, offset, length, o));
  }

  private static Optional<String> wrongPart(
      FixtureEntry file, long offset, int length, List<Observation> o) {
    return Slices.wrongPart(Files.content(file), offset, length, o.getFirst(), o.getLast().bytes());
  }

  /// The copy, which the last slot reads, is that of all steps.
  private static void wantContent(Trial trial, List<Slot> stepsAndCopy, Content content) {
    trial.want(
        "a copy of %d bytes with digest %s".formatted(content.size(), content.digest()),
        stepsAndCopy,
        observed -> {
          Observation copy = observed.getLast();
          if (!copy.ok()) {
            return Optional.of(Allowed.outcome(copy));
          }
          return copy.readAll().digest().equals(content.digest())
              ? Optional.empty()
              : Optional.of(
                  "%d bytes with digest %s".formatted(copy.result(), copy.readAll().digest()));
        });
  }

  private static void wantSum(Trial trial, List<Slot> steps, Content content) {
    trial.want(
        "%d bytes in all, then 0".formatted(content.size()),
        steps,
        observed -> {
          Optional<Observation> failed = observed.stream().filter(o -> !o.ok()).findFirst();
          if (failed.isPresent()) {
            return failed.map(Allowed::outcome);
          }
          long sum = observed.stream().mapToLong(Observation::result).sum();
          return sum == content.size() && observed.getLast().result() == 0
              ? Optional.empty()
              : Optional.of(
                  "results %s, together %d bytes"
                      .formatted(observed.stream().map(Observation::result).toList(), sum));
        });
  }

  private static void wantPosition(Trial trial, Slot fd, long position) {
    trial.want(trial.calls().lseek(fd, 0, SEEK_CUR), Allowed.result(position));
  }

  private static List<FixtureEntry> wholeFiles(Subject subject) {
    return Files.largest(subject, Integer.MAX_VALUE).stream()
        .filter(file -> Files.content(file).size() <= LARGEST_WHOLE_BYTES)
        .limit(WHOLE_FILES)
        .toList();
  }

  private static Slot coldOpen(Trial trial, FixtureEntry file) {
    Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
    trial.calls().fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return fd;
  }
}
