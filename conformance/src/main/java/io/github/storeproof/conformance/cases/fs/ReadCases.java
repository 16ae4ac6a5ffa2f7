package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EINVAL;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_DONTNEED;
import static io.github.storeproof.conformance.prober.Linux.SEEK_CUR;
import static io.github.storeproof.conformance.prober.Linux.SEEK_END;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.Property;
import io.github.storeproof.conformance.oracle.RandomTrees;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// read, pread and lseek on every file: the bytes of the content, at any offset and with any buffer.
public final class ReadCases {
  private static final int BUFFER = 256 << 10;
  private static final int SLICE = 96;
  private static final long SMALL_BYTES = 20_000;
  private static final long[] EDGES = {
    4096, 8192, 65_536, 131_072, 262_144, 524_288, 1 << 20, 2 << 20
  };
  private static final int[] BUFFERS = {
    1, 7, 511, 512, 513, 4095, 4096, 4097, 65_535, 131_071, 131_072, 131_073, (1 << 20) + 1
  };
  private static final int MAX_READS = 2_500;
  private static final int DISTINCT_FILES = 80;

  @Checks("READ-1")
  void slicesAroundEveryEdge(Subject subject) {
    Everywhere.look(subject, ReadCases::isFile, ReadCases::wantSlices);
  }

  @Checks("READ-1")
  void slicesAroundEveryEdgeOfColdFiles(Subject subject) {
    Everywhere.look(
        subject,
        ReadCases::isFile,
        (trial, entry) -> {
          dropPages(trial, entry);
          wantSlices(trial, entry);
        });
  }

  @Checks("READ-1")
  void randomReadsAndSeeksFollowTheModelOfAFile(Subject subject) {
    List<FixtureEntry> files = Files.of(subject);
    Arbitrary<FileScript> scripts =
        Combinators.combine(Arbitraries.of(files), steps().list().ofMinSize(1).ofMaxSize(24))
            .as(FileScript::new);
    Property.check(subject, scripts, 60, ReadCases::wantModel);
  }

  @Checks("READ-2")
  void atAndBehindTheEndThereIsNothing(Subject subject) {
    Everywhere.look(
        subject,
        ReadCases::isFile,
        (trial, entry) -> {
          long size = content(entry).size();
          Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
          LongStream.of(size, size + 1, size + 4095, size + (1 << 20), 1L << 33, 1L << 40, 1L << 62)
              .forEach(offset ->
                  trial.want(trial.calls().pread(fd, 64, offset), Allowed.bytes(new byte[0])));
          trial.want(trial.calls().pread(fd, 0, 0), Allowed.result(0));
          trial.calls().lseek(fd, 0, SEEK_END);
          trial.want(trial.calls().read(fd, 64), Allowed.result(0));
          trial.want(trial.calls().read(fd, 64), Allowed.result(0));
          trial.calls().close(fd);
        });
  }

  @Checks("READ-2")
  void negativeOffsetsAreRefused(Subject subject) {
    Everywhere.look(
        subject,
        ReadCases::isFile,
        (trial, entry) -> {
          Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
          trial.want(trial.calls().pread(fd, 16, -1), Allowed.errno(EINVAL));
          trial.want(trial.calls().pread(fd, 16, Long.MIN_VALUE), Allowed.errno(EINVAL));
          trial.want(trial.calls().lseek(fd, -1, SEEK_SET), Allowed.errno(EINVAL));
          trial.calls().close(fd);
        });
  }

  @Checks("READ-3")
  void everyFileIsWhole(Subject subject) {
    Everywhere.look(subject, ReadCases::isFile, (trial, entry) -> wantWhole(trial, entry, BUFFER));
  }

  @Checks("READ-3")
  void everyColdFileIsWhole(Subject subject) {
    Everywhere.look(
        subject,
        ReadCases::isFile,
        (trial, entry) -> {
          dropPages(trial, entry);
          wantWhole(trial, entry, BUFFER);
        });
  }

  @Checks("READ-3")
  @NeedsAnyFixture
  void filesOfRandomTreesAreWhole(Subject subject) {
    RandomTrees.look(
        subject,
        (trial, entry) -> {
          if (isFile(entry)) {
            wantWhole(trial, entry, BUFFER);
          }
        });
  }

  @Checks("READ-3")
  void theSizeStaysWhatItWasAfterReading(Subject subject) {
    Everywhere.look(
        subject,
        ReadCases::isFile,
        (trial, entry) -> {
          long size = content(entry).size();
          Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
          trial.calls().pread(fd, 1, Math.max(0, size - 1));
          trial.calls().pread(fd, BUFFER, Math.max(0, size - 100));
          trial.calls().pread(fd, BUFFER, size + 1);
          wantSize(trial, trial.calls().fstat(fd), size);
          trial.calls().close(fd);
          wantSize(trial, trial.calls().lstat(entry.pathBytes()), size);
        });
  }

  @Checks("READ-4")
  void everyBufferSizeReadsTheSame(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, DISTINCT_FILES)) {
      for (int buffer : BUFFERS) {
        long size = content(file).size();
        if (size / buffer < MAX_READS && size >= buffer - 1) {
          wantWhole(trial, file, buffer);
        }
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-4")
  void readsThatCrossEdgesInManySizes(Subject subject) {
    Everywhere.look(
        subject,
        entry -> isFile(entry) && content(entry).size() > 4096,
        (trial, entry) -> {
          Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
          for (long edge : EDGES) {
            for (int length : new int[] {2, 4096, 4097, 65_537, 131_072}) {
              wantSlice(trial, fd, entry, Math.max(0, edge - length / 2), length);
            }
          }
          trial.calls().close(fd);
        });
  }

  private static void wantSlices(Trial trial, FixtureEntry entry) {
    long size = content(entry).size();
    Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
    if (size <= SMALL_BYTES) {
      wantSlice(trial, fd, entry, 0, (int) size + 1);
    }
    wantSlice(trial, fd, entry, 0, SLICE);
    wantSlice(trial, fd, entry, Math.max(0, size - SLICE), 2 * SLICE);
    wantSlice(trial, fd, entry, Math.max(0, size - 1), 1);
    wantSlice(trial, fd, entry, size / 2, SLICE);
    for (long edge : EDGES) {
      if (edge - 1 < size) {
        wantSlice(trial, fd, entry, edge - 1, SLICE);
        wantSlice(trial, fd, entry, edge, SLICE);
        wantSlice(trial, fd, entry, edge + 1, 1);
      }
    }
    trial.calls().close(fd);
  }

  private static void wantSlice(Trial trial, Slot fd, FixtureEntry entry, long offset, int length) {
    trial.want(
        trial.calls().pread(fd, length, offset),
        Allowed.bytes(content(entry).slice(offset, length)));
  }

  private static void wantWhole(Trial trial, FixtureEntry entry, int buffer) {
    Content content = content(entry);
    Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
    Slot all = trial.calls().readAll(fd, buffer);
    trial.calls().close(fd);
    trial.want(
        all,
        new Allowed(
            "%d bytes with digest %s, read %d at a time"
                .formatted(content.size(), content.digest(), buffer),
            o ->
                o.ok()
                    && o.result() == content.size()
                    && o.readAll().digest().equals(content.digest()),
            ReadCases::shownWhole));
  }

  private static String shownWhole(Observation o) {
    return o.ok() ? o.result() + " bytes with digest " + o.readAll().digest() : Allowed.outcome(o);
  }

  private static void wantSize(Trial trial, Slot stat, long size) {
    trial.want(
        stat, Decoded.stat("st_size " + size, s -> s.size() == size, s -> "st_size " + s.size()));
  }

  private static void dropPages(Trial trial, FixtureEntry entry) {
    Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
    trial.calls().fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    trial.calls().close(fd);
  }

  private record FileScript(FixtureEntry file, List<Step> steps) {}

  /// One step on a descriptor; `place` is a part of the file's size in thousandths, `delta` is added to it.
  private record Step(int kind, int place, int delta, int length) {}

  private static Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 1100),
            Arbitraries.integers().between(-3, 4097),
            Arbitraries.integers().between(0, 300_000))
        .as(Step::new);
  }

  private static void wantModel(Trial trial, FileScript script) {
    Content content = content(script.file());
    Slot fd = trial.calls().open(script.file().pathBytes(), O_RDONLY);
    long position = 0;
    for (Step step : script.steps()) {
      long target = Math.max(0, content.size() * step.place() / 1000 + step.delta());
      switch (step.kind()) {
        case 0 -> wantSlice(trial, fd, script.file(), target, step.length());
        case 1 -> {
          byte[] expected = content.slice(position, step.length());
          trial.want(trial.calls().read(fd, step.length()), Allowed.bytes(expected));
          position += expected.length;
        }
        case 2 -> {
          trial.want(trial.calls().lseek(fd, target, SEEK_SET), Allowed.result(target));
          position = target;
        }
        case 3 -> {
          long distance = target - position;
          trial.want(trial.calls().lseek(fd, distance, SEEK_CUR), Allowed.result(target));
          position = target;
        }
        default -> trial.calls().fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
      }
    }
    wantSize(trial, trial.calls().fstat(fd), content.size());
    trial.calls().close(fd);
  }

  private static boolean isFile(FixtureEntry entry) {
    return entry.tree() instanceof Tree.File;
  }

  private static Content content(FixtureEntry entry) {
    return Files.content(entry);
  }
}
