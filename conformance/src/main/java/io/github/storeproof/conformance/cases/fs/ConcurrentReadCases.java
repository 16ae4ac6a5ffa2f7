package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_DONTNEED;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Operand;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.ThreadRounds;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Many readers at once: each gets the bytes that it asked for, and no other reader's.
public final class ConcurrentReadCases {
  private static final int THREADS = 16;
  private static final int PROCESSES = 3;
  private static final int READS = 24;
  private static final int ROUNDS = 6;
  private static final int LONGEST_READ = 40_000;

  @Checks("READ-5")
  void threadsOnOneDescriptor(Subject subject) {
    for (FixtureEntry file : Files.largest(subject, 2)) {
      Trial trial = new Trial();
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      Plans plans = new Plans(subject.random());
      Slot readers =
          trial
              .calls()
              .parallel(
                  THREADS, ROUNDS, (calls, thread) -> plans.read(calls, thread, fd, file, READS));
      want(trial, readers, plans);
      Trials.run(subject, trial);
    }
  }

  @Checks("READ-5")
  void threadsWithDescriptorsOfTheirOwn(Subject subject) {
    List<FixtureEntry> files = Files.largest(subject, THREADS);
    Trial trial = new Trial();
    Plans plans = new Plans(subject.random());
    Slot readers =
        trial
            .calls()
            .parallel(
                THREADS,
                ROUNDS,
                (calls, thread) -> {
                  FixtureEntry file = files.get(thread % files.size());
                  Slot fd = calls.open(file.pathBytes(), O_RDONLY);
                  plans.read(calls, thread, fd, file, READS / 2);
                  calls.fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
                  plans.read(calls, thread, fd, file, READS / 2);
                  calls.close(fd);
                });
    want(trial, readers, plans);
    Trials.run(subject, trial);
  }

  @Checks("READ-5")
  void processesThatShareADescriptor(Subject subject) {
    FixtureEntry file = Files.largest(subject, 1).getFirst();
    Trial trial = new Trial();
    Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
    Plans plans = new Plans(subject.random());
    Map<Integer, Integer> inner = new HashMap<>();
    Slot readers =
        trial
            .calls()
            .parallel(
                PROCESSES,
                1,
                (calls, thread) -> {
                  Slot process =
                      calls.otherProcess(child -> plans.read(child, thread, fd, file, READS));
                  inner.put(thread, process.index());
                });
    trial.want(
        readers,
        "the bytes at each offset, in each of " + PROCESSES + " processes",
        o -> {
          for (int thread = 0; thread < PROCESSES; thread++) {
            Observation process = o.threads().get(thread).first().at(inner.getOrDefault(thread, 0));
            Optional<String> wrong =
                process.ok()
                    ? plans.firstWrong(thread, process.inner())
                    : Optional.of(Allowed.outcome(process));
            if (wrong.isPresent()) {
              return wrong;
            }
          }
          return Optional.empty();
        });
    Trials.run(subject, trial);
  }

  private static void want(Trial trial, Slot readers, Plans plans) {
    trial.want(
        readers,
        "the bytes at each offset, in each of " + THREADS + " threads",
        o -> {
          for (int thread = 0; thread < o.threads().size(); thread++) {
            Optional<String> wrong = plans.firstWrong(thread, o.threads().get(thread));
            if (wrong.isPresent()) {
              return wrong;
            }
          }
          return Optional.empty();
        });
  }

  /// What each thread reads and must get.
  private static final class Plans {
    private final Random random;
    private final Map<Integer, List<Read>> byThread = new HashMap<>();

    Plans(Random random) {
      this.random = random;
    }

    void read(Script.Builder calls, int thread, Operand fd, FixtureEntry file, int count) {
      Content content = Files.content(file);
      for (int done = 0; done < count; done++) {
        long offset = random.nextLong(Math.max(1, content.size()));
        int length = 1 + random.nextInt(LONGEST_READ);
        if (done % 6 == 5) {
          calls.fadvise(fd, offset, length, POSIX_FADV_DONTNEED);
        }
        Slot slot = calls.pread(fd, length, offset);
        byThread
            .computeIfAbsent(thread, _ -> new ArrayList<>())
            .add(new Read(slot.index(), content, offset, length));
      }
    }

    Optional<String> firstWrong(int thread, ThreadRounds rounds) {
      return rounds.distinct().stream()
          .flatMap(round -> firstWrong(thread, round).stream())
          .findFirst();
    }

    Optional<String> firstWrong(int thread, Observations round) {
      for (Read read : byThread.getOrDefault(thread, List.of())) {
        Observation seen = round.at(read.index());
        byte[] expected = read.content().slice(read.offset(), read.length());
        Allowed allowed = Allowed.bytes(expected);
        if (!allowed.holds().test(seen)) {
          return Optional.of(
              "thread %d, pread of %d bytes at %d: %s"
                  .formatted(thread, read.length(), read.offset(), allowed.seen().apply(seen)));
        }
      }
      return Optional.empty();
    }
  }

  private record Read(int index, Content content, long offset, int length) {}
}
