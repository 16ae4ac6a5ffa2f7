package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EFAULT;
import static io.github.storeproof.conformance.prober.Errno.ENXIO;
import static io.github.storeproof.conformance.prober.Linux.MAP_PRIVATE;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECT;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.SEEK_CUR;
import static io.github.storeproof.conformance.prober.Linux.SEEK_DATA;
import static io.github.storeproof.conformance.prober.Linux.SEEK_END;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Extent;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.FixtureEntry;
import java.util.List;
import java.util.Optional;

/// Offsets that do not fit into 31 or 32 bits.
public final class LargeFileCases {
  private static final int FILES = 20;
  private static final int PAGE_BYTES = 4096;
  private static final int SLICE_BYTES = 6000;
  private static final long TWO_GIB = 1L << 31;
  private static final long FOUR_GIB = 1L << 32;

  @Checks("READ-7")
  @Needs("large-files")
  @NeedsAnyFixture
  void bytesBehindFourGibibytesAreInTheirPlace(Subject subject) {
    Large large = Large.mounted(subject);
    Trial trial = new Trial();
    Slot fd = trial.calls().open(large.path(), O_RDONLY);
    for (long edge : List.of(TWO_GIB, FOUR_GIB, large.size())) {
      for (long offset : new long[] {edge - 1, edge, edge + 1, edge - SLICE_BYTES / 2}) {
        large.wantSlice(trial, trial.calls().pread(fd, SLICE_BYTES, offset), offset, SLICE_BYTES);
        Slot seek = trial.want(trial.calls().lseek(fd, offset, SEEK_SET), Allowed.result(offset));
        large.wantAfter(trial, seek, trial.calls().read(fd, 1), offset, 1);
      }
    }
    large.wantSlice(trial, trial.calls().pread(fd, SLICE_BYTES, 0), 0, SLICE_BYTES);
    trial.want(trial.calls().pread(fd, SLICE_BYTES, large.size() + FOUR_GIB), Allowed.result(0));
    large.run(subject, trial);
  }

  @Checks("READ-7")
  @Needs("large-files")
  @NeedsAnyFixture
  void theSizeIsWhole(Subject subject) {
    Large large = Large.mounted(subject);
    Trial trial = new Trial();
    Slot fd = trial.calls().open(large.path(), O_RDONLY);
    trial.want(trial.calls().lseek(fd, 0, SEEK_END), Allowed.result(large.size()));
    trial.want(
        trial.calls().lseek(fd, -FOUR_GIB, SEEK_CUR), Allowed.result(large.size() - FOUR_GIB));
    for (Slot stat : List.of(trial.calls().lstat(large.path()), trial.calls().fstat(fd))) {
      trial.want(
          stat,
          Decoded.stat(
              "st_size " + large.size(),
              seen -> seen.size() == large.size(),
              seen -> "st_size " + seen.size()));
    }
    large.run(subject, trial);
  }

  @Checks("READ-7")
  @Needs("large-files")
  @NeedsAnyFixture
  void everyWayOfReadingTakesLargeOffsets(Subject subject) {
    Large large = Large.mounted(subject);
    Trial trial = new Trial();
    Slot fd = trial.calls().open(large.path(), O_RDONLY);
    Slot memory = trial.calls().memfd();
    Slot direct = trial.calls().open(large.path(), O_RDONLY | O_DIRECT);
    for (long edge : List.of(TWO_GIB, FOUR_GIB)) {
      trial.calls().lseek(memory, 0, SEEK_SET);
      Slot sent =
          trial.want(
              trial.calls().sendfile(memory, fd, edge - 10, PAGE_BYTES),
              Allowed.result(PAGE_BYTES));
      Slot copy = trial.calls().pread(memory, PAGE_BYTES, 0);
      large.wantAfter(trial, sent, copy, edge - 10, PAGE_BYTES);
      for (long offset : new long[] {edge - PAGE_BYTES, edge}) {
        Slot mapped = trial.calls().mapRead(fd, PAGE_BYTES, offset, MAP_PRIVATE);
        large.wantSlice(trial, mapped, offset, PAGE_BYTES);
        Slot read = trial.calls().pread(direct, PAGE_BYTES, offset);
        trial.want(
            Slices.words(PAGE_BYTES, offset) + ", or no O_DIRECT",
            List.of(direct, read),
            o ->
                o.getFirst().ok()
                    ? Slices.wrongPart(
                        large.content(), offset, PAGE_BYTES, o.getLast(), o.getLast().bytes())
                    : Optional.empty());
      }
    }
    for (Extent extent : large.content().extents()) {
      trial.want(
          trial.calls().lseek(fd, extent.offsetBytes() + 1, SEEK_DATA),
          Allowed.result(extent.offsetBytes() + 1));
    }
    large.run(subject, trial);
  }

  @Checks("READ-7")
  void offsetsFarBehindTheEndGiveNothing(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, FILES)) {
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      for (long base : new long[] {TWO_GIB, FOUR_GIB, 1L << 40}) {
        for (long offset : new long[] {base - 1, base, base + 1, base + PAGE_BYTES}) {
          trial.want(trial.calls().pread(fd, SLICE_BYTES, offset), Allowed.bytes(new byte[0]));
          trial.want(trial.calls().lseek(fd, offset, SEEK_SET), Allowed.result(offset));
          trial.want(trial.calls().read(fd, 16), Allowed.result(0));
          trial.want(trial.calls().lseek(fd, offset, SEEK_DATA), Allowed.errno(ENXIO));
        }
      }
      Slot memory = trial.calls().memfd();
      trial.want(trial.calls().sendfile(memory, fd, FOUR_GIB, 100), Allowed.result(0));
      trial.want(
          trial.calls().mapRead(fd, PAGE_BYTES, FOUR_GIB, MAP_PRIVATE),
          Allowed.errno(EFAULT).seenAs(o -> o.ok() ? "memory without SIGBUS" : Allowed.outcome(o)));
      trial.calls().close(memory);
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  /// The large file in a mount of its own.
  private record Large(LiveMount mount, byte[] path, Content content) {
    static Large mounted(Subject subject) {
      Fixture fixture = FixtureCatalog.largeFile();
      FixtureEntry file = fixture.walk().getFirst();
      return new Large(
          subject.shared(fixture.name(), () -> fixture), file.pathBytes(), Files.content(file));
    }

    long size() {
      return content.size();
    }

    void wantSlice(Trial trial, Slot read, long offset, int length) {
      trial.want(read, Allowed.bytes(content.slice(offset, length)));
    }

    /// Wants the part where another call went before.
    void wantAfter(Trial trial, Slot before, Slot read, long offset, int length) {
      trial.want(
          "%d bytes from offset %d, as the file has them".formatted(length, offset),
          List.of(before, read),
          o -> Slices.wrongBytes(content.slice(offset, length), o.getLast().bytes()));
    }

    void run(Subject subject, Trial trial) {
      trial.run(script -> subject.run(mount, script));
    }
  }
}
