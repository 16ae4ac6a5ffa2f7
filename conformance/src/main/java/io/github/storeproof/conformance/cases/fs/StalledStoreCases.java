package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Mismatch;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Call;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Prober;
import io.github.storeproof.conformance.prober.ProberDied;
import io.github.storeproof.conformance.prober.ProberHung;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.ThreadRounds;
import io.github.storeproof.conformance.prober.render.PseudoC;
import io.github.storeproof.conformance.store.Fault;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsFaults;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.model.StorePath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A store that takes questions and does not answer.
@NeedsFaults
@NeedsAnyFixture
public final class StalledStoreCases {
  /// The rule's 30 seconds, and some for the machine.
  static final Duration LIMIT = Duration.ofSeconds(35);

  private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);
  private static final Duration ASKED_WITHIN = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 5;
  private static final int READERS = 64;
  private static final int READ_BYTES = 100;

  @Checks("ERR-5")
  void aStoppedStoreIsEioWithinTheLimit(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    byte[] file = FaultFixture.path(Topic.STALLED, "small");
    byte[] sub = FaultFixture.path(Topic.STALLED, "sub");
    byte[] newName = name(CorruptContentCases.madeUp("stalled"));
    boolean isListed = subject.features().claims(Feature.LIST_ROOT);
    List<Consumer<Script.Builder>> readers =
        List.of(
            s -> s.readAll(s.open(file, O_RDONLY), READ_BYTES),
            s -> s.lstat(FaultFixture.path(Topic.STALLED, "sub", "file")),
            s -> s.list(sub),
            s -> s.lstat(newName),
            s -> list(s, isListed));
    // So that the names above the stalled ones are known.
    mount.run("right", trialOf(trial -> FaultyMount.wantRight(trial, Topic.STALLED, "sibling")));
    mount.faults().stop();
    Trial stopped = new Trial();
    Slot all =
        stopped.calls().parallel(readers.size(), 1, (s, number) -> readers.get(number).accept(s));
    stopped.want(
        all,
        "each reader ends with EIO within 30 s: of a file, of a name in a directory, of a listing, of"
            + " a store path, of the root's listing",
        StalledStoreCases::firstOtherThanEio);
    mount.run("it takes every question and answers none", stopped, subject.patiently(LIMIT));
    mount.faults().clear();
    mount.await(
        "it was stopped and goes on",
        trial -> {
          FaultyMount.wantRight(trial, Topic.STALLED, "small");
          FaultyMount.wantRight(trial, Topic.STALLED, "sub");
          FaultyMount.wantRight(trial, Topic.STALLED, "sub", "file");
          trial.want(trial.calls().lstat(newName), Allowed.errno(Errno.ENOENT));
        });
  }

  private static void list(Script.Builder s, boolean isListed) {
    if (isListed) {
      s.list("");
    }
  }

  private static Trial trialOf(Consumer<Trial> wanted) {
    Trial trial = new Trial();
    wanted.accept(trial);
    return trial;
  }

  private static byte[] name(StorePath path) {
    return path.basename().getBytes(StandardCharsets.US_ASCII);
  }

  private static Optional<String> firstOtherThanEio(Observation parallel) {
    return parallel.threads().stream()
        .map(ThreadRounds::first)
        .flatMap(thread -> thread.calls().stream().filter(call -> !isBookkeeping(call)).limit(2))
        .filter(call -> !call.errno().equals(Errno.EIO) && !isOpened(call))
        .filter(call -> !call.errno().equals(Errno.EBADF))
        .findFirst()
        .map(call -> PseudoC.render(call.call()) + " " + Allowed.outcome(call));
  }

  /// Opening may succeed and may fail.
  private static boolean isOpened(Observation call) {
    return call.ok()
        && call.call() instanceof Call.Syscall(String name, _)
        && name.equals("openat");
  }

  private static boolean isBookkeeping(Observation call) {
    return call.call() instanceof Call.Syscall(String name, _) && name.equals("close");
  }

  @Checks("ERR-5")
  void readersOfAStoppedStoreCanBeKilled(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    byte[] file = FaultFixture.path(Topic.KILLED, "small");
    byte[] child = FaultFixture.path(Topic.KILLED, "sub", "file");
    mount.run("right", trialOf(trial -> FaultyMount.wantRight(trial, Topic.KILLED, "sibling")));
    mount.faults().blob(FaultyMount.blob(Topic.KILLED, "small"), new Fault.Holds());
    mount.faults().directory(mount.directory(Topic.KILLED, "sub"), new Fault.Holds());
    Script waiting =
        Script.of(s ->
            s.parallel(
                2,
                1,
                (thread, number) -> {
                  if (number == 0) {
                    thread.pread(thread.open(file, O_RDONLY), READ_BYTES, 0);
                  } else {
                    thread.lstat(child);
                  }
                }));
    Prober reader = subject.newProber(mount.mount());
    try (var _ =
        Meanwhile.start(() -> readUntilKilled(reader, waiting, subject.patiently(LIMIT)))) {
      mount.faults().awaitHeld(2, subject.patiently(ASKED_WITHIN));
      kill(subject, reader, waiting);
    } finally {
      mount.faults().clear();
    }
    mount.await(
        "two of its answers did not come, and come again",
        trial -> {
          FaultyMount.wantRight(trial, Topic.KILLED, "small");
          FaultyMount.wantRight(trial, Topic.KILLED, "sub", "file");
        });
  }

  private static void readUntilKilled(Prober reader, Script script, Duration limit) {
    try {
      reader.run(script, limit);
    } catch (ProberHung | ProberDied e) {
      // It was killed: that is what it is for.
      System.getLogger(StalledStoreCases.class.getName())
          .log(System.Logger.Level.DEBUG, "the reader ended", e);
    }
  }

  private static void kill(Subject subject, Prober reader, Script script) {
    Optional<ProcessHandle> process = ProcessHandle.of(reader.pid());
    process.ifPresent(ProcessHandle::destroyForcibly);
    long end = System.nanoTime() + subject.patiently(KILLED_WITHIN).toNanos();
    while (process.isPresent() && process.get().isAlive()) {
      if (System.nanoTime() > end) {
        throw new Mismatch(
                "a reader that waits for the store ends by SIGKILL",
                "process %d is still there %d s after SIGKILL"
                    .formatted(reader.pid(), subject.patiently(KILLED_WITHIN).toSeconds()))
            .with(script)
            .hint(
                "The kernel sends FUSE_INTERRUPT and then waits for the answer to the request that"
                    + " was interrupted; the server must give it.");
      }
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Checks("CON-2")
  void aSlowReadHoldsUpNoOther(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    mount.faults().blob(FaultyMount.blob(Topic.SLOW, "middle"), new Fault.Holds());
    Prober slow = subject.newProber(mount.mount());
    // Whoever is held up by it is to be seen first.
    Duration lateDeadline = subject.deadline().multipliedBy(3);
    Trial late = new Trial();
    FaultyMount.wantRightOrEio(
        late, FaultFixture.path(Topic.SLOW, "middle"), FaultFixture.content(Topic.SLOW, "middle"));
    try (var reading =
        Answer.start(() ->
            late.firstMismatch(script -> subject.run(mount.mount(), slow, script, lateDeadline)))) {
      mount.faults().awaitHeld(1, subject.patiently(ASKED_WITHIN));
      Trial others = new Trial();
      FaultyMount.wantRight(others, Topic.SLOW, "small");
      FaultyMount.wantRight(others, Topic.SLOW, "sub");
      FaultyMount.wantRight(others, Topic.SLOW, "sub", "file");
      FaultyMount.wantRight(others, Topic.SLOW, "sub", "inner", "file");
      mount.run("the blob of middle does not come before all else was read", others);
      mount.faults().release();
      reading
          .value()
          .ifPresent(mismatch -> {
            throw mismatch.hint("The store behind the mount: this blob came late.");
          });
    }
  }

  @Checks("CON-3")
  void contentThatNeverComesHoldsUpNoOther(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    byte[] path = FaultFixture.path(Topic.ALONE, "middle");
    mount.faults().blob(FaultyMount.blob(Topic.ALONE, "middle"), new Fault.Holds());
    Prober stuck = subject.newProber(mount.mount());
    Script reader = Script.of(s -> s.pread(s.open(path, O_RDONLY), READ_BYTES, 0));
    try (var _ = Meanwhile.start(() -> readUntilKilled(stuck, reader, subject.patiently(LIMIT)))) {
      mount.faults().awaitHeld(1, subject.patiently(ASKED_WITHIN));
      Trial others = new Trial();
      FaultyMount.wantRight(others, Topic.ALONE, "small");
      FaultyMount.wantRight(others, Topic.ALONE, "sub");
      FaultyMount.wantRight(others, Topic.ALONE, "sub", "inner", "file");
      FaultyMount.wantRight(others, Topic.ALONE, "large");
      FaultyMount.wantSize(others, path, FaultFixture.content(Topic.ALONE, "middle").size());
      others.want(
          others.calls().lstat(name(CorruptContentCases.madeUp("alone"))),
          Allowed.errno(Errno.ENOENT));
      mount.run("the blob of middle never comes, and one reader waits for it", others);
      mount.faults().clear();
    } finally {
      mount.faults().clear();
    }
  }

  /// The rule speaks of one reader. A server of as many threads as there are processors stops here.
  @Should
  @Checks("CON-3")
  void contentOfManyFilesThatNeverComesHoldsUpNoOther(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    for (int i = 0; i < READERS; i++) {
      mount.faults().blob(FaultyMount.blob(Topic.MANY, "f" + i), new Fault.Holds());
    }
    mount.faults().directory(mount.directory(Topic.MANY, "sub"), new Fault.Holds());
    Prober stuck = subject.newProber(mount.mount());
    Script readers =
        Script.of(s ->
            s.parallel(
                READERS,
                1,
                (thread, number) ->
                    thread.pread(
                        thread.open(FaultFixture.path(Topic.MANY, "f" + number), O_RDONLY),
                        READ_BYTES,
                        0)));
    try (var _ = Meanwhile.start(() -> readUntilKilled(stuck, readers, subject.patiently(LIMIT)))) {
      mount.faults().awaitHeld(READERS / 2, subject.patiently(ASKED_WITHIN));
      Trial others = new Trial();
      for (int i = READERS; i < FaultFixture.MANY_FILES; i++) {
        FaultyMount.wantRight(others, Topic.MANY, "f" + i);
      }
      FaultyMount.wantRight(others, Topic.MANY, "small");
      FaultyMount.wantRight(others, Topic.MANY, "large");
      FaultyMount.wantSize(others, FaultFixture.path(Topic.MANY, "f0"), READ_BYTES);
      mount.run("the blobs of f0 to f63 never come, and as many readers wait for them", others);
      mount.faults().clear();
    } finally {
      mount.faults().clear();
    }
  }
}
