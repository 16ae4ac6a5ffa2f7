package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.POSIX_FADV_DONTNEED;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.ThreadRounds;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Many threads that look up, list, read and close at random, each on its own and some on the same descriptors.
public final class StressCases {
  private static final Duration TIME = Duration.ofMillis(3500);
  private static final int LEAST_RUNS = 3;
  private static final int THREADS = 32;
  private static final int ROUNDS = 2;
  private static final int STEPS = 10;
  private static final int SHARED_FILES = 4;
  private static final int LONGEST_READ = 60_000;
  private static final int LARGEST_DIRECTORY = 2000;

  /// Runs go on for some seconds, each with threads, nodes and offsets of its own, cold caches first.
  @Costs(5)
  @Checks("CON-1")
  void mixedCallsOfManyThreadsAreExact(Subject subject) {
    List<FixtureEntry> nodes =
        subject.fixture().walk().stream().filter(StressCases::isQuicklySeen).toList();
    List<FixtureEntry> files = Files.largest(subject, SHARED_FILES);
    long end = System.nanoTime() + subject.patiently(TIME).toNanos();
    for (int run = 0; run < LEAST_RUNS || System.nanoTime() < end; run++) {
      Trial trial = new Trial();
      if (run % LEAST_RUNS == 0) {
        trial.calls().dropCaches();
      }
      new Run(trial, subject.fixture(), nodes, files, subject.random()).add();
      Trials.run(subject, trial);
    }
  }

  private static boolean isQuicklySeen(FixtureEntry entry) {
    return switch (entry.tree()) {
      case Tree.Dir(var children) -> children.size() <= LARGEST_DIRECTORY;
      case Tree.File(var content, _) -> content.size() <= 1 << 20;
      case Tree.Link _ -> true;
    };
  }

  /// One run of all threads.
  private record Run(
      Trial trial,
      Fixture fixture,
      List<FixtureEntry> nodes,
      List<FixtureEntry> files,
      Random random) {
    void add() {
      List<Slot> shared =
          files.stream().map(file -> trial.calls().open(file.pathBytes(), O_RDONLY)).toList();
      List<Trial> threads = new ArrayList<>();
      Slot parallel =
          trial
              .calls()
              .parallel(
                  THREADS,
                  ROUNDS,
                  (calls, _) -> {
                    Trial thread = Trial.within(calls);
                    for (int step = 0; step < STEPS; step++) {
                      step(thread, shared);
                    }
                    threads.add(thread);
                  });
      trial.want(
          parallel,
          "exact data and no error in each of " + THREADS + " threads",
          observed -> deviation(threads, observed));
    }

    private static Optional<String> deviation(List<Trial> threads, Observation observed) {
      for (int thread = 0; thread < threads.size(); thread++) {
        Trial judge = threads.get(thread);
        ThreadRounds rounds = observed.threads().get(thread);
        Optional<String> wrong =
            rounds.distinct().stream()
                .flatMap(round -> judge.firstDeviation(round).stream())
                .findFirst();
        if (wrong.isPresent()) {
          Stream<Observation> calls =
              rounds.distinct().stream().flatMap(round -> round.calls().stream());
          return Optional.of(
              "in thread " + thread + ": " + WholeNode.failedOpen(calls).orElse(wrong.get()));
        }
      }
      return Optional.empty();
    }

    private void step(Trial thread, List<Slot> shared) {
      FixtureEntry node = nodes.get(random.nextInt(nodes.size()));
      switch (random.nextInt(6)) {
        case 0, 1 -> WholeNode.want(thread, node);
        case 2 -> miss(thread, node);
        case 3 -> readParts(thread, files.get(random.nextInt(files.size())));
        default -> {
          int at = random.nextInt(files.size());
          part(thread, shared.get(at), files.get(at));
        }
      }
    }

    private void miss(Trial thread, FixtureEntry node) {
      byte[] path = NearMisses.beside(fixture, node);
      thread.want(thread.calls().lstat(path), Allowed.errno(Errno.ENOENT, Errno.ENAMETOOLONG));
    }

    private void readParts(Trial thread, FixtureEntry file) {
      Slot fd = thread.calls().open(file.pathBytes(), O_RDONLY);
      part(thread, fd, file);
      part(thread, fd, file);
      thread.calls().close(fd);
    }

    /// A part that is not in the page cache.
    private void part(Trial thread, Slot fd, FixtureEntry file) {
      Content content = Files.content(file);
      long offset = random.nextLong(Math.max(1, content.size()));
      int length = 1 + random.nextInt(LONGEST_READ);
      thread.calls().fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
      thread.want(
          thread.calls().pread(fd, length, offset), Allowed.bytes(content.slice(offset, length)));
    }
  }
}
