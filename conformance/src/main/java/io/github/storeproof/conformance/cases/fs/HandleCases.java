package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.cases.fs.Place.HERE;
import static io.github.storeproof.conformance.prober.Linux.AT_EMPTY_PATH;
import static io.github.storeproof.conformance.prober.Linux.AT_STATX_FORCE_SYNC;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.SEEK_SET;
import static io.github.storeproof.conformance.prober.Linux.STATX_BASIC_STATS;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Descriptors: how long they are valid, and which of them share a position.
public final class HandleCases {
  private static final int FILES = 12;
  private static final int DIRECTORIES = 4;
  private static final int TURNS = 12;
  private static final int HEAD_BYTES = 1000;
  private static final int OPENS = 5000;
  private static final int TAIL_BYTES = 70_000;
  private static final int OPEN_AT_ONCE = 900;
  private static final int DIRECTORY_EVERY = 10;

  @Checks("HND-1")
  void descriptorsOutliveCachesAndThousandsOfOpens(Subject subject) {
    Trial trial = new Trial();
    Churn churn = Churn.of(subject, OPENS);
    List<Opened> files = new ArrayList<>();
    for (FixtureEntry file : Nodes.sampleOfFiles(subject, FILES)) {
      Opened opened = Opened.of(trial, file);
      opened.model.read(trial, HERE, opened.fd, HEAD_BYTES);
      files.add(opened);
    }
    List<Listing> listings = listings(subject, trial);
    churn.want(trial, "opens of other files");
    trial.calls().dropCaches();
    churn.want(trial, "opens of other files after the caches are dropped");
    for (Opened opened : files) {
      opened.model.read(trial, HERE, opened.fd, TAIL_BYTES);
      opened.model.pread(trial, HERE, opened.fd, 1, 0);
      opened.model.stat(trial, HERE, opened.fd);
    }
    listings.forEach(listing -> listing.finish(trial));
    Trials.run(subject, trial);
  }

  /// The kernel knows thousands of nodes, and tells a server of each that it lets go of: no other may be dropped.
  @Checks("HND-1")
  void descriptorsOutliveLooksAtEveryOtherNode(Subject subject) {
    Trial trial = new Trial();
    trial.calls().dropCaches();
    List<Opened> files = new ArrayList<>();
    for (FixtureEntry file : Nodes.sampleOfFiles(subject, FILES)) {
      files.add(Opened.of(trial, file));
    }
    List<Listing> listings = listings(subject, trial);
    subject.fixture().walk().forEach(entry -> trial.calls().lstat(entry.pathBytes()));
    for (Opened opened : files) {
      trial.want(
          trial
              .calls()
              .statx(
                  opened.fd, Arg.raw(""), AT_EMPTY_PATH | AT_STATX_FORCE_SYNC, STATX_BASIC_STATS),
          Allowed.success());
      opened.model.read(trial, HERE, opened.fd, TAIL_BYTES);
    }
    listings.forEach(listing -> listing.finish(trial));
    Trials.run(subject, trial);
  }

  /// Nearly as many as one process may have open when nobody raises its limit, which is 1,024.
  @Checks("HND-1")
  void hundredsOfDescriptorsAreValidAtOnce(Subject subject) {
    Trial trial = new Trial();
    List<Opened> files = new ArrayList<>();
    List<Listing> listings = new ArrayList<>();
    List<FixtureEntry> nodes = Nodes.sampleOfFiles(subject, OPEN_AT_ONCE);
    List<ListedDirectory> directories = severalNames(subject).toList();
    for (int number = 0; number < OPEN_AT_ONCE; number++) {
      if (number % DIRECTORY_EVERY == 0 && !directories.isEmpty()) {
        listings.add(Listing.begin(trial, directories.get(number % directories.size())));
      } else {
        files.add(Opened.of(trial, nodes.get(number % nodes.size())));
      }
    }
    for (Opened opened : files) {
      opened.model.pread(trial, HERE, opened.fd, HEAD_BYTES, 0);
      trial.calls().close(opened.fd);
    }
    for (Listing listing : listings) {
      listing.finish(trial);
      trial.calls().close(listing.fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("HND-2")
  void duplicatesShareAPositionAndOpensDoNot(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Files.largest(subject, 2)) {
      Opened one = Opened.of(trial, file);
      Opened other = Opened.of(trial, file);
      List<Slot> sharing =
          List.of(one.fd, trial.calls().dup(one.fd), trial.calls().passDescriptor(one.fd));
      for (int turn = 0; turn < TURNS; turn++) {
        one.model.read(trial, HERE, sharing.get(turn % sharing.size()), HEAD_BYTES + 97 * turn);
        if (turn % 2 == 0) {
          other.model.read(trial, HERE, other.fd, HEAD_BYTES);
        }
        one.model.tell(trial, HERE, sharing.get((turn + 1) % sharing.size()));
      }
      one.model.seek(trial, HERE, sharing.getLast(), 5, SEEK_SET);
      one.model.read(trial, HERE, one.fd, HEAD_BYTES);
      other.model.tell(trial, HERE, other.fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("HND-2")
  void anotherProcessSharesThePositionOfWhatItInherits(Subject subject) {
    Trial trial = new Trial();
    Opened file = Opened.of(trial, Files.largest(subject, 1).getFirst());
    file.model.read(trial, HERE, file.fd, HEAD_BYTES);
    file.model.read(trial, Place.PROCESS, file.fd, HEAD_BYTES);
    file.model.read(trial, HERE, file.fd, HEAD_BYTES);
    Trials.run(subject, trial);
  }

  /// A descriptor and the model of what it stands for.
  private record Opened(Slot fd, OpenFile model) {
    static Opened of(Trial trial, FixtureEntry file) {
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      trial.want(fd, Allowed.success());
      return new Opened(fd, new OpenFile(Files.content(file)));
    }
  }

  private static List<Listing> listings(Subject subject, Trial trial) {
    return severalNames(subject)
        .limit(DIRECTORIES)
        .map(directory -> Listing.begin(trial, directory))
        .toList();
  }

  private static Stream<ListedDirectory> severalNames(Subject subject) {
    return ListedDirectory.below(subject.fixture()).stream()
        .filter(each -> each.names().size() > 2);
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
    private static final int CHOSEN = 6;

    /// Opens of the shared fixture.
    ///
    /// @param opens how many, when the user does not say
    static Churn of(Subject subject, int opens) {
      List<ListedDirectory> directories = severalNames(subject).limit(CHOSEN / 3).toList();
      return new Churn(Nodes.sampleOfFiles(subject, CHOSEN), directories, subject.tries(opens));
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
