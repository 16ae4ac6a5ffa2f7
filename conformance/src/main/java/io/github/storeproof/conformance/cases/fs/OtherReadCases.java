package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EAGAIN;
import static io.github.storeproof.conformance.prober.Errno.EINVAL;
import static io.github.storeproof.conformance.prober.Errno.EOPNOTSUPP;
import static io.github.storeproof.conformance.prober.Linux.MADV_POPULATE_READ;
import static io.github.storeproof.conformance.prober.Linux.MADV_RANDOM;
import static io.github.storeproof.conformance.prober.Linux.MADV_SEQUENTIAL;
import static io.github.storeproof.conformance.prober.Linux.MADV_WILLNEED;
import static io.github.storeproof.conformance.prober.Linux.MAP_PRIVATE;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_DONTNEED;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_NOREUSE;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_NORMAL;
import static io.github.storeproof.conformance.prober.Linux.PROT_READ;
import static io.github.storeproof.conformance.prober.Linux.RWF_DONTCACHE;
import static io.github.storeproof.conformance.prober.Linux.RWF_HIPRI;
import static io.github.storeproof.conformance.prober.Linux.RWF_NOWAIT;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The other calls that read, and those that tell the kernel how something will be read: the data is the same.
public final class OtherReadCases {
  private static final int FILES = 14;
  private static final int RING_FILES = 10;
  private static final int RING_READS = 40;
  private static final int PAGE_BYTES = 4096;
  private static final int LONGEST_READ = 140_000;
  private static final int MAPPED_BYTES = 8 * PAGE_BYTES;
  private static final List<Integer> BUFFERS = List.of(1, 0, 4096, 7, 70_000);

  @Checks("READ-12")
  void severalBuffersAreFilledInTheirOrder(Subject subject) {
    Trial trial = new Trial();
    int length = BUFFERS.stream().mapToInt(Integer::intValue).sum();
    for (FixtureEntry file : Files.largest(subject, FILES)) {
      Content content = Files.content(file);
      Slot fd = coldOpen(trial, file);
      for (long offset : new long[] {0, 4095, 131_000, content.size() - 1, content.size() + 1}) {
        if (offset >= 0) {
          byte[] expected = content.slice(offset, length);
          wantFilled(trial, trial.calls().preadv(fd, BUFFERS, offset), expected);
          wantFilled(trial, trial.calls().preadv2(fd, BUFFERS, offset, 0), expected);
        }
      }
      wantFilled(trial, trial.calls().readv(fd, 3, 4096, 1), content.slice(0, 4100));
      wantFilled(
          trial, trial.calls().preadv2(fd, List.of(50, 50), -1, 0), content.slice(4100, 100));
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-12")
  void flagsOfPreadv2ChangeNoData(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, FILES)) {
      Slot fd = coldOpen(trial, file);
      for (long offset : new long[] {0, 100_000}) {
        wantFlagged(trial, file, fd, offset, RWF_NOWAIT, EAGAIN);
        wantFlagged(trial, file, fd, offset, RWF_DONTCACHE, EOPNOTSUPP);
        wantFlagged(trial, file, fd, offset, RWF_HIPRI, EOPNOTSUPP);
        wantFlagged(trial, file, fd, offset, RWF_NOWAIT, EAGAIN);
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-12")
  void readingAheadChangesNoData(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, FILES)) {
      long size = Files.content(file).size();
      Slot fd = coldOpen(trial, file);
      for (long[] part : new long[][] {{0, 1}, {size / 2, 300_000}, {0, size}, {size, 4096}}) {
        trial.want(trial.calls().readahead(fd, part[0], part[1]), Allowed.result(0));
        wantAround(trial, file, fd, part[0]);
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-12")
  void adviceChangesNoData(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, FILES)) {
      long size = Files.content(file).size();
      Slot fd = coldOpen(trial, file);
      for (int advice = POSIX_FADV_NORMAL; advice <= POSIX_FADV_NOREUSE; advice++) {
        trial.want(trial.calls().fadvise(fd, 0, 0, advice), Allowed.result(0));
        trial.want(trial.calls().fadvise(fd, size / 2, 5000, advice), Allowed.result(0));
        trial.want(trial.calls().fadvise(fd, 1L << 33, 1L << 33, advice), Allowed.result(0));
        wantAround(trial, file, fd, size / 2);
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-12")
  void adviceOnMappingsChangesNoData(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, FILES)) {
      Content content = Files.content(file);
      if (content.size() >= MAPPED_BYTES) {
        Slot fd = coldOpen(trial, file);
        Slot address = trial.calls().mmap(MAPPED_BYTES, PROT_READ, MAP_PRIVATE, fd, 0);
        for (int advice : new int[] {MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED}) {
          trial.want(trial.calls().madvise(address, MAPPED_BYTES, advice), Allowed.result(0));
        }
        // EINVAL: Linux before 5.14 does not know it.
        trial.want(
            trial.calls().madvise(address, MAPPED_BYTES, MADV_POPULATE_READ),
            Allowed.result(0).or(Allowed.errno(EINVAL)));
        trial.want(
            trial.calls().peek(address, 0, MAPPED_BYTES),
            Allowed.bytes(content.slice(0, MAPPED_BYTES)));
        trial.calls().munmap(address, MAPPED_BYTES);
        trial.calls().close(fd);
      }
    }
    if (trial.isEmpty()) {
      subject.skip("the fixture has no file of %d bytes".formatted(MAPPED_BYTES));
    }
    Trials.run(subject, trial);
  }

  @Checks("READ-12")
  void ringsReadTheSame(Subject subject) {
    requireRings(subject);
    Trial trial = new Trial();
    Random random = subject.random();
    for (FixtureEntry file : Files.largest(subject, RING_FILES)) {
      Content content = Files.content(file);
      List<Call.Range> ranges = ranges(content.size(), random);
      Slot fd = coldOpen(trial, file);
      for (int round = 0; round < 2; round++) {
        trial.want(
            trial.calls().ringReads(fd, ranges),
            "each of the reads as the file has it",
            o -> wrongRing(content, ranges, o));
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  private static void requireRings(Subject subject) {
    Script.Builder script = Script.builder();
    Slot ring = script.ringReads(Arg.num(-1), List.of(new Call.Range(0, 1)));
    Observation seen = subject.run(script.build()).at(ring);
    if (!seen.ok()) {
      subject.skip("the machine gives no io_uring: " + seen.errno().name());
    }
  }

  private static List<Call.Range> ranges(long size, Random random) {
    List<Call.Range> ranges = new ArrayList<>();
    ranges.add(new Call.Range(0, LONGEST_READ));
    ranges.add(new Call.Range(Math.max(0, size - 5), 100));
    ranges.add(new Call.Range(size, 100));
    ranges.add(new Call.Range(size + PAGE_BYTES, 100));
    while (ranges.size() < RING_READS) {
      ranges.add(
          new Call.Range(
              random.nextLong(size + 1),
              1 + random.nextInt(ranges.size() % 4 == 0 ? LONGEST_READ : 500)));
    }
    return ranges;
  }

  private static Optional<String> wrongRing(
      Content content, List<Call.Range> ranges, Observation ring) {
    if (!ring.ok()) {
      return Optional.of(Allowed.outcome(ring));
    }
    for (int at = 0; at < ranges.size(); at++) {
      Call.Range range = ranges.get(at);
      byte[] expected = content.slice(range.offsetBytes(), range.lengthBytes());
      String place = "%d bytes at %d: ".formatted(range.lengthBytes(), range.offsetBytes());
      if (ring.ringResult(at) < 0) {
        return Optional.of(place + new Errno(-ring.ringResult(at)).name());
      }
      Optional<String> wrong = Slices.wrongBytes(expected, ring.outs().get(at + 1).toArray());
      if (wrong.isPresent()) {
        return wrong.map(place::concat);
      }
    }
    return Optional.empty();
  }

  private static void wantFilled(Trial trial, Slot read, byte[] expected) {
    trial.want(
        read,
        expected.length + " bytes over the buffers, as the file has them",
        o -> o.ok() ? Slices.wrongBytes(expected, together(o)) : Optional.of(Allowed.outcome(o)));
  }

  private static byte[] together(Observation read) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Bytes out : read.outs()) {
      all.writeBytes(out.toArray());
    }
    return all.toByteArray();
  }

  private static void wantFlagged(
      Trial trial, FixtureEntry file, Slot fd, long offset, int flag, Errno refusal) {
    int length = 5000;
    Slot read = trial.calls().preadv2(fd, List.of(length), offset, flag);
    trial.want(
        read,
        Slices.words(length, offset) + ", or " + refusal.name() + " or EOPNOTSUPP",
        o ->
            o.errno().equals(refusal) || o.errno().equals(EOPNOTSUPP)
                ? Optional.empty()
                : Slices.wrongPart(Files.content(file), offset, length, o, together(o)));
  }

  private static void wantAround(Trial trial, FixtureEntry file, Slot fd, long offset) {
    long from = Math.max(0, offset - 50);
    trial.want(
        trial.calls().pread(fd, 5000, from), Allowed.bytes(Files.content(file).slice(from, 5000)));
  }

  private static Slot coldOpen(Trial trial, FixtureEntry file) {
    Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
    trial.calls().fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return fd;
  }
}
