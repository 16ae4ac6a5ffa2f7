package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.SEEK_CUR;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
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

/// Descriptors: how long they are valid, and which of them share a position.
public final class HandleCases {
  private static final int FILES = 12;
  private static final int DIRECTORIES = 4;
  private static final int HEAD_BYTES = 1000;
  private static final int OPENS = 5000;
  private static final int TAIL_BYTES = 70_000;

  @Checks("HND-1")
  void descriptorsOutliveCachesAndThousandsOfOpens(Subject subject) {
    Trial trial = new Trial();
    Churn churn = Churn.of(subject, OPENS);
    List<Slot> files = new ArrayList<>();
    List<FixtureEntry> chosen = Nodes.sampleOfFiles(subject, FILES);
    for (FixtureEntry file : chosen) {
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      wantRead(trial, trial.calls().read(fd, HEAD_BYTES), file, 0, HEAD_BYTES);
      files.add(fd);
    }
    List<Listing> listings = listings(subject, trial);
    churn.want(trial, "opens of other files");
    trial.calls().dropCaches();
    churn.want(trial, "opens of other files after the caches are dropped");
    for (int at = 0; at < chosen.size(); at++) {
      FixtureEntry file = chosen.get(at);
      Content content = Files.content(file);
      long from = Math.min(HEAD_BYTES, content.size());
      wantRead(trial, trial.calls().read(files.get(at), TAIL_BYTES), file, from, TAIL_BYTES);
      wantRead(trial, trial.calls().pread(files.get(at), 1, 0), file, 0, 1);
      trial.want(
          trial.calls().fstat(files.get(at)),
          Decoded.stat(
              "st_size " + content.size() + " by the old descriptor",
              stat -> stat.size() == content.size(),
              stat -> "st_size " + stat.size()));
    }
    listings.forEach(listing -> listing.finish(trial));
    Trials.run(subject, trial);
  }

  @Checks("HND-2")
  void duplicatesShareAPositionAndOpensDoNot(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, 2)) {
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      Slot other = trial.calls().open(file.pathBytes(), O_RDONLY);
      List<Slot> sharing =
          List.of(fd, trial.calls().dup(fd), trial.calls().passDescriptor(fd));
      long shared = 0;
      long alone = 0;
      for (int turn = 0; turn < 12; turn++) {
        int count = HEAD_BYTES + 97 * turn;
        Operand reader = sharing.get(turn % sharing.size());
        shared += wantRead(trial, trial.calls().read(reader, count), file, shared, count);
        if (turn % 2 == 0) {
          alone += wantRead(trial, trial.calls().read(other, count), file, alone, count);
        }
        Slot asked = sharing.get((turn + 1) % sharing.size());
        wantPosition(trial, trial.calls().lseek(asked, 0, SEEK_CUR), shared);
      }
      wantPosition(trial, trial.calls().lseek(sharing.getLast(), 5, SEEK_SET), 5);
      wantRead(trial, trial.calls().read(fd, HEAD_BYTES), file, 5, HEAD_BYTES);
      wantPosition(trial, trial.calls().lseek(other, 0, SEEK_CUR), alone);
    }
    Trials.run(subject, trial);
  }

  @Checks("HND-2")
  void anotherProcessSharesThePositionOfWhatItInherits(Subject subject) {
    FixtureEntry file = Files.largest(subject, 1).getFirst();
    Trial trial = new Trial();
    Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
    long first = wantRead(trial, trial.calls().read(fd, HEAD_BYTES), file, 0, HEAD_BYTES);
    Slot process =
        trial
            .calls()
            .otherProcess(child -> {
              child.read(fd, HEAD_BYTES);
              Slot own = child.open(file.pathBytes(), O_RDONLY);
              child.read(own, HEAD_BYTES);
            });
    byte[] second = Files.content(file).slice(first, HEAD_BYTES);
    byte[] start = Files.content(file).slice(0, HEAD_BYTES);
    trial.want(
        process,
        "the bytes from " + first + " by the inherited descriptor, those from 0 by one of its own",
        seen -> strayRead(seen, 0, second).or(() -> strayRead(seen, 2, start)));
    wantRead(
        trial, trial.calls().read(fd, HEAD_BYTES), file, first + second.length, HEAD_BYTES);
    Trials.run(subject, trial);
  }

  private static Optional<String> strayRead(Observation process, int call, byte[] expected) {
    if (!process.ok()) {
      return Optional.of(Allowed.outcome(process));
    }
    Observation read = process.inner().at(call);
    Allowed allowed = Allowed.bytes(expected);
    return allowed.holds().test(read)
        ? Optional.empty()
        : Optional.of("in the other process: " + allowed.seen().apply(read));
  }

  /// Wants the bytes of a file at a position and returns their number.
  private static long wantRead(
      Trial trial, Slot read, FixtureEntry file, long offsetBytes, int count) {
    byte[] expected = Files.content(file).slice(offsetBytes, count);
    trial.want(read, Allowed.bytes(expected));
    return expected.length;
  }

  private static void wantPosition(Trial trial, Slot lseek, long position) {
    trial.want(lseek, Allowed.result(position));
  }

  private static List<Listing> listings(Subject subject, Trial trial) {
    return ListedDirectory.all(subject).stream()
        .filter(directory -> directory.names().size() > 2)
        .limit(DIRECTORIES)
        .map(directory -> Listing.begin(trial, directory))
        .toList();
  }

  /// A listing that is begun before and ended after something else.
  private record Listing(ListedDirectory directory, Slot fd, Slot begin) {
    static Listing begin(Trial trial, ListedDirectory directory) {
      Slot fd = trial.calls().open(directory.path().toArray(), O_RDONLY | O_DIRECTORY);
      int size = Math.max(128, directory.smallestBufferBytes());
      return new Listing(directory, fd, trial.calls().getdents(fd, size));
    }

    void finish(Trial trial) {
      int size = Math.max(1024, directory.smallestBufferBytes());
      Slot rest = trial.calls().listAll(fd, size, directory.mostCalls());
      trial.want(
          "each of the " + directory.names().size() + " entries of " + directory + " once",
          List.of(begin, rest),
          Listings.complete(directory));
    }
  }

  /// Many opens and closes of all kinds of nodes, in two threads.
  record Churn(List<FixtureEntry> files, List<ListedDirectory> directories, int opens) {
    private static final int THREADS = 2;
    private static final int CHOSEN = 40;

    /// Opens of the shared fixture.
    ///
    /// @param opens how many, when the user does not say
    static Churn of(Subject subject, int opens) {
      List<ListedDirectory> directories =
          ListedDirectory.all(subject).stream()
              .filter(each -> each.names().size() > 2)
              .limit(CHOSEN / 2)
              .toList();
      return new Churn(
          Nodes.sampleOfFiles(subject, CHOSEN), directories, subject.tries(opens));
    }

    Churn withOpens(int fewer) {
      return new Churn(files, directories, fewer);
    }

    /// Adds the opens, none of which may fail.
    void want(Trial trial, String words) {
      Slot threads = trial.calls().parallel(THREADS, rounds(), (calls, _) -> round(calls));
      trial.want(
          threads,
          "success of " + opens + " " + words,
          seen ->
              seen.threads().stream()
                  .flatMap(each -> Decoded.firstError(each).stream())
                  .findFirst());
    }

    private int rounds() {
      return Math.max(1, opens / (files.size() + directories.size()) / THREADS);
    }

    private void round(Script.Builder calls) {
      for (FixtureEntry file : files) {
        calls.close(calls.open(file.pathBytes(), O_RDONLY));
      }
      for (ListedDirectory directory : directories) {
        Slot fd = calls.open(directory.path().toArray(), O_RDONLY | O_DIRECTORY);
        calls.getdents(fd, Math.max(280, directory.smallestBufferBytes()));
        calls.close(fd);
      }
    }
  }
}
