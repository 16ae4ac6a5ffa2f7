package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EINVAL;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECT;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
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
import java.util.stream.LongStream;

/// O_DIRECT: refused, or reads that pass the page cache by and end where the file ends.
public final class DirectReadCases {
  private static final int FILES = 14;
  private static final int BLOCK_BYTES = 4096;
  private static final int LARGE_BYTES = 256 << 10;

  @Checks("READ-9")
  void directReadsAreExactOrRefused(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, FILES)) {
      long size = Files.content(file).size();
      Slot fd = open(trial, file);
      LongStream.of(0, BLOCK_BYTES, 31 * BLOCK_BYTES, 32 * BLOCK_BYTES, size / 2, size)
          .map(offset -> offset / BLOCK_BYTES * BLOCK_BYTES)
          .filter(offset -> offset <= size)
          .distinct()
          .forEach(offset -> {
            wantDirect(trial, fd, file, offset, BLOCK_BYTES);
            wantDirect(trial, fd, file, offset, LARGE_BYTES);
          });
      wantDirect(trial, fd, file, (size / BLOCK_BYTES + 2) * BLOCK_BYTES, BLOCK_BYTES);
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-9")
  void directReadsAreWholeFilesAndChangeNoSize(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, FILES)) {
      Content content = Files.content(file);
      Slot fd = open(trial, file);
      Slot cached = trial.calls().open(file.pathBytes(), O_RDONLY);
      trial.want(trial.calls().pread(cached, 100, 0), Allowed.bytes(content.slice(0, 100)));
      trial.calls().lseek(fd, 0, SEEK_SET);
      Slot all = trial.calls().readAll(fd, LARGE_BYTES);
      trial.want(
          "%d bytes with digest %s, or EINVAL".formatted(content.size(), content.digest()),
          List.of(fd, all),
          o ->
              refused(o.getFirst(), o.getLast())
                  ? Optional.empty()
                  : wrongWhole(content, o.getLast()));
      trial.want(
          trial.calls().fstat(cached),
          Decoded.stat(
              "st_size " + content.size(),
              stat -> stat.size() == content.size(),
              stat -> "st_size " + stat.size()));
      byte[] tail = content.slice(Math.max(0, content.size() - 100), 100);
      trial.want(
          trial.calls().pread(cached, 200, content.size() - tail.length), Allowed.bytes(tail));
      trial.calls().close(fd);
      trial.calls().close(cached);
    }
    Trials.run(subject, trial);
  }

  private static Slot open(Trial trial, FixtureEntry file) {
    return trial.want(
        trial.calls().open(file.pathBytes(), O_RDONLY | O_DIRECT),
        Allowed.success().or(Allowed.errno(EINVAL)));
  }

  private static void wantDirect(Trial trial, Slot fd, FixtureEntry file, long offset, int length) {
    Slot read = trial.calls().pread(fd, length, offset);
    trial.want(
        Slices.words(length, offset) + ", or EINVAL",
        List.of(fd, read),
        o ->
            refused(o.getFirst(), o.getLast())
                ? Optional.empty()
                : Slices.wrongPart(
                    Files.content(file), offset, length, o.getLast(), o.getLast().bytes()));
  }

  /// Not opened at all, or its blocks are larger than these reads.
  private static boolean refused(Observation open, Observation read) {
    return !open.ok() || read.errno().equals(EINVAL);
  }

  private static Optional<String> wrongWhole(Content content, Observation all) {
    if (!all.ok()) {
      return Optional.of(Allowed.outcome(all));
    }
    return all.result() == content.size() && all.readAll().digest().equals(content.digest())
        ? Optional.empty()
        : Optional.of(all.result() + " bytes with digest " + all.readAll().digest());
  }
}
