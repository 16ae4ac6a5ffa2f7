package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Expectation;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.ThreadRounds;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Several listings of one directory at a time: by several descriptors, duplicates, processes and
/// threads.
public final class ListingStreamCases {
  private static final int TURNS = 6;
  private static final int THREADS = 16;
  private static final int ROUNDS = 3;
  private static final int SAMPLE = 24;
  private static final int PROCESS_SAMPLE = 3;

  @Checks("DIR-7")
  void twoDescriptorsListIndependently(Subject subject) {
    ListingTrials.everywhere(subject)
        .look(trial -> trial.calls().dropCaches(), ListingStreamCases::interleaved);
  }

  @Checks("DIR-7")
  void aDuplicateGoesOnWhereTheOtherIs(Subject subject) {
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .look((trial, directory) -> duplicated(trial, directory, random));
  }

  /// A stream that two duplicates of its descriptor take turns at.
  static void duplicated(Trial trial, ListedDirectory directory, Random random) {
    Slot fd = directory.open(trial);
    Slot duplicate = trial.calls().dup(fd);
    List<Slot> parts = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      parts.add(
          trial.calls().getdents(turn % 2 == 0 ? fd : duplicate, someBytes(directory, random)));
    }
    parts.add(trial.calls().listAll(duplicate, 4096, directory.mostCalls()));
    trial.calls().close(duplicate);
    parts.add(trial.calls().getdents(fd, 4096));
    trial.calls().close(fd);
    trial.want(
        "each of the "
            + directory.names().size()
            + " entries of "
            + directory
            + " once, over two duplicates of a descriptor",
        parts,
        Listings.complete(directory));
  }

  @Checks("DIR-7")
  void anotherProcessGoesOnWhereThisOneIs(Subject subject) {
    ListingTrials.everywhere(subject)
        .sample(PROCESS_SAMPLE, subject.random())
        .look(ListingStreamCases::overTwoProcesses);
  }

  /// A stream that another process goes on with for a while.
  static void overTwoProcesses(Trial trial, ListedDirectory directory) {
    Slot fd = directory.open(trial);
    int size = Math.max(280, directory.smallestBufferBytes());
    Slot before = trial.calls().getdents(fd, size);
    Slot other = trial.calls().otherProcess(inner -> inner.getdents(fd, size));
    Slot after = trial.calls().listAll(fd, 4096, directory.mostCalls());
    trial.calls().close(fd);
    trial.want(
        "each of the "
            + directory.names().size()
            + " entries of "
            + directory
            + " once, over two processes that share a descriptor",
        List.of(before, other, after),
        observed ->
            Listings.complete(directory)
                .deviation(
                    List.of(observed.getFirst(), observed.get(1).inner().at(0), observed.get(2))));
  }

  @Checks("DIR-7")
  void threadsWithDescriptorsOfTheirOwnSeeEverything(Subject subject) {
    ListingTrials.everywhere(subject)
        .sample(SAMPLE, subject.random())
        .look(trial -> trial.calls().dropCaches(), ListingStreamCases::byThreads);
  }

  /// Streams of many threads at a time.
  static void byThreads(Trial trial, ListedDirectory directory) {
    int size = Math.max(1024, directory.smallestBufferBytes());
    Slot threads =
        trial
            .calls()
            .parallel(
                THREADS, ROUNDS, (thread, number) -> listing(thread, directory, size + 8 * number));
    trial.want(
        "each of the "
            + directory.names().size()
            + " entries of "
            + directory
            + " once in each of "
            + THREADS
            + " threads",
        List.of(threads),
        everyRound(1, Listings.complete(directory)));
  }

  @Checks("DIR-7")
  void threadsThatShareADescriptorSeeEachEntryOnce(Subject subject) {
    ListingTrials.everywhere(subject)
        .sample(SAMPLE, subject.random())
        .look((trial, directory) -> {
          Slot fd = directory.open(trial);
          int size = Math.max(280, directory.smallestBufferBytes());
          Slot threads =
              trial
                  .calls()
                  .parallel(4, 1, (thread, _) -> thread.listAll(fd, size, directory.mostCalls()));
          trial.calls().close(fd);
          trial.want(
              "each of the "
                  + directory.names().size()
                  + " entries of "
                  + directory
                  + " once, over 4 threads that share a descriptor",
              List.of(threads),
              observed ->
                  Listings.complete(directory)
                      .deviation(
                          observed.getFirst().threads().stream()
                              .map(each -> each.first().at(0))
                              .toList()));
        });
  }

  @Checks("DIR-7")
  void streamsOfDifferentDirectoriesDoNotMix(Subject subject) {
    List<ListedDirectory> all = ListedDirectory.below(subject.fixture());
    if (all.size() < 2) {
      subject.skip("the fixture has fewer than two directories that can be listed");
    }
    Random random = subject.random();
    ListingTrials.everywhere(subject)
        .sample(2 * SAMPLE, random)
        .look((trial, directory) -> {
          ListedDirectory other = all.get(random.nextInt(all.size()));
          bothComplete(trial, List.of(directory, other));
        });
  }

  /// Two streams of one directory that take turns.
  static void interleaved(Trial trial, ListedDirectory directory) {
    bothComplete(trial, List.of(directory, directory));
  }

  private static void bothComplete(Trial trial, List<ListedDirectory> directories) {
    List<Slot> streams = directories.stream().map(directory -> directory.open(trial)).toList();
    List<List<Slot>> parts = List.of(new ArrayList<>(), new ArrayList<>());
    for (int turn = 0; turn < 2 * TURNS; turn++) {
      int stream = turn % 2;
      int size = Math.max(280, directories.get(stream).smallestBufferBytes());
      parts.get(stream).add(trial.calls().getdents(streams.get(stream), size));
    }
    for (int stream = 0; stream < 2; stream++) {
      ListedDirectory directory = directories.get(stream);
      parts
          .get(stream)
          .add(trial.calls().listAll(streams.get(stream), 4096, directory.mostCalls()));
      trial.calls().close(streams.get(stream));
      trial.want(
          "each of the "
              + directory.names().size()
              + " entries of "
              + directory
              + " once, while another stream is read",
          parts.get(stream),
          Listings.complete(directory));
    }
  }

  private static void listing(Script.Builder thread, ListedDirectory directory, int bufferBytes) {
    Slot fd = thread.open(directory.path().toArray(), O_RDONLY);
    thread.listAll(fd, bufferBytes, directory.mostCalls());
    thread.close(fd);
  }

  /// What one call of each thread answered, in every round.
  private static Expectation.Judge everyRound(int call, Expectation.Judge judge) {
    return observed -> {
      Observation parallel = observed.getFirst();
      for (int thread = 0; thread < parallel.threads().size(); thread++) {
        ThreadRounds rounds = parallel.threads().get(thread);
        for (Observations round : rounds.distinct()) {
          Optional<String> deviation = judge.deviation(List.of(round.at(call)));
          if (deviation.isPresent()) {
            return Optional.of("in thread " + thread + ": " + deviation.get());
          }
        }
      }
      return Optional.empty();
    };
  }

  private static int someBytes(ListedDirectory directory, Random random) {
    return random.nextInt(directory.smallestBufferBytes(), directory.smallestBufferBytes() + 200);
  }
}
