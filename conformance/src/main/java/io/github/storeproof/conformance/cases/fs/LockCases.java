package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EAGAIN;
import static io.github.storeproof.conformance.prober.Errno.EBADF;
import static io.github.storeproof.conformance.prober.Linux.F_GETLK;
import static io.github.storeproof.conformance.prober.Linux.F_OFD_GETLK;
import static io.github.storeproof.conformance.prober.Linux.F_OFD_SETLK;
import static io.github.storeproof.conformance.prober.Linux.F_RDLCK;
import static io.github.storeproof.conformance.prober.Linux.F_SETLK;
import static io.github.storeproof.conformance.prober.Linux.F_UNLCK;
import static io.github.storeproof.conformance.prober.Linux.F_WRLCK;
import static io.github.storeproof.conformance.prober.Linux.LOCK_EX;
import static io.github.storeproof.conformance.prober.Linux.LOCK_NB;
import static io.github.storeproof.conformance.prober.Linux.LOCK_SH;
import static io.github.storeproof.conformance.prober.Linux.LOCK_UN;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// flock and the locks of fcntl on descriptors for reading. Build tools lock what they read.
public final class LockCases {
  @Checks("LCK-1")
  void flocksKeepOpenFilesApart(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : nodes(subject)) {
      Slot one = trial.calls().open(entry.pathBytes(), O_RDONLY);
      Slot other = trial.calls().open(entry.pathBytes(), O_RDONLY);
      Slot copy = trial.calls().dup(one);
      grant(trial, one, LOCK_SH);
      Slot shared = grant(trial, other, LOCK_SH);
      refuse(trial, shared, one, LOCK_EX);
      grant(trial, other, LOCK_UN);
      Slot exclusive = grant(trial, one, LOCK_EX);
      grant(trial, copy, LOCK_EX);
      refuse(trial, exclusive, other, LOCK_SH);
      refuse(trial, exclusive, other, LOCK_EX);
      trial.calls().close(one);
      refuse(trial, exclusive, other, LOCK_EX);
      trial.calls().close(copy);
      grant(trial, other, LOCK_EX);
      trial.calls().close(other);
    }
    Trials.run(subject, trial);
  }

  @Checks("LCK-1")
  void readersMayLockForReadingOnly(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : files(subject)) {
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      for (int command : new int[] {F_SETLK, F_OFD_SETLK}) {
        trial.want(trial.calls().fcntlLock(fd, command, F_RDLCK, 0, 0), Allowed.result(0));
        trial.want(trial.calls().fcntlLock(fd, command, F_RDLCK, 1L << 40, 10), Allowed.result(0));
        trial.want(trial.calls().fcntlLock(fd, command, F_WRLCK, 0, 0), Allowed.errno(EBADF));
        trial.want(trial.calls().fcntlLock(fd, command, F_UNLCK, 0, 0), Allowed.result(0));
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("LCK-1")
  void locksOfOpenFilesAreSeenWhereTheyLie(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : files(subject)) {
      Slot one = trial.calls().open(file.pathBytes(), O_RDONLY);
      Slot other = trial.calls().open(file.pathBytes(), O_RDONLY);
      Slot granted =
          trial.want(trial.calls().fcntlLock(one, F_OFD_SETLK, F_RDLCK, 10, 10), Allowed.result(0));
      wantConflict(
          trial, granted, trial.calls().fcntlLock(other, F_OFD_GETLK, F_WRLCK, 0, 0), F_RDLCK);
      wantConflict(
          trial, granted, trial.calls().fcntlLock(other, F_OFD_GETLK, F_WRLCK, 19, 5), F_RDLCK);
      wantConflict(
          trial, granted, trial.calls().fcntlLock(other, F_OFD_GETLK, F_WRLCK, 20, 5), F_UNLCK);
      wantConflict(
          trial, granted, trial.calls().fcntlLock(other, F_OFD_GETLK, F_RDLCK, 0, 0), F_UNLCK);
      wantConflict(
          trial, granted, trial.calls().fcntlLock(one, F_OFD_GETLK, F_WRLCK, 0, 0), F_UNLCK);
      Slot released =
          trial.want(trial.calls().fcntlLock(one, F_OFD_SETLK, F_UNLCK, 0, 0), Allowed.result(0));
      wantConflict(
          trial, released, trial.calls().fcntlLock(other, F_OFD_GETLK, F_WRLCK, 0, 0), F_UNLCK);
      trial.calls().close(one);
      trial.calls().close(other);
    }
    Trials.run(subject, trial);
  }

  @Checks("LCK-1")
  void locksKeepProcessesApart(Subject subject) {
    byte[] path = files(subject).getFirst().pathBytes();
    Trial trial = new Trial();
    Slot flocked = trial.calls().open(path, O_RDONLY);
    Slot exclusive = grant(trial, flocked, LOCK_EX);
    Slot range =
        trial.want(trial.calls().fcntlLock(flocked, F_SETLK, F_RDLCK, 0, 100), Allowed.result(0));
    OtherProcess other = new OtherProcess();
    Slot process = trial.calls().otherProcess(calls -> other.look(calls, path));
    trial.want(
        OtherProcess.WORDS, List.of(exclusive, range, process), o -> other.wrong(o.getLast()));
    grant(trial, flocked, LOCK_UN);
    Trials.run(subject, trial);
  }

  /// What a process sees of the locks of another.
  private static final class OtherProcess {
    static final String WORDS =
        "in another process: LOCK_EX and LOCK_SH refused with EAGAIN, and F_GETLK naming the lock";
    private final List<Slot> locks = new ArrayList<>();

    void look(Script.Builder calls, byte[] path) {
      Slot fd = calls.open(path, O_RDONLY);
      locks.add(calls.flock(fd, LOCK_EX | LOCK_NB));
      locks.add(calls.flock(fd, LOCK_SH | LOCK_NB));
      locks.add(calls.fcntlLock(fd, F_GETLK, F_WRLCK, 50, 1));
    }

    Optional<String> wrong(Observation process) {
      if (!process.ok()) {
        return Optional.of(Allowed.outcome(process));
      }
      List<Observation> seen = locks.stream().map(process.inner()::at).toList();
      Observation exclusive = seen.getFirst();
      Observation shared = seen.get(1);
      return exclusive.errno().equals(EAGAIN) && shared.errno().equals(EAGAIN)
          ? conflicting(seen.getLast(), F_RDLCK)
          : Optional.of(
              "LOCK_EX %s, LOCK_SH %s"
                  .formatted(Allowed.outcome(exclusive), Allowed.outcome(shared)));
    }
  }

  private static Slot grant(Trial trial, Slot fd, int operation) {
    return trial.want(trial.calls().flock(fd, operation | LOCK_NB), Allowed.result(0));
  }

  /// Wants EAGAIN because of a lock that was granted before.
  private static void refuse(Trial trial, Slot granted, Slot fd, int operation) {
    Slot refused = trial.calls().flock(fd, operation | LOCK_NB);
    trial.want(
        "EAGAIN: another open file has a lock",
        List.of(granted, refused),
        o ->
            o.getLast().errno().equals(EAGAIN)
                ? Optional.empty()
                : Optional.of(Allowed.outcome(o.getLast())));
  }

  private static void wantConflict(Trial trial, Slot granted, Slot lock, int type) {
    trial.want(
        "a lock of type " + typeName(type) + " in the way",
        List.of(granted, lock),
        observed -> conflicting(observed.getLast(), type));
  }

  private static Optional<String> conflicting(Observation lock, int type) {
    if (!lock.ok()) {
      return Optional.of(Allowed.outcome(lock));
    }
    int seen = ByteBuffer.wrap(lock.bytes()).order(ByteOrder.nativeOrder()).getShort(0);
    return seen == type ? Optional.empty() : Optional.of("type " + typeName(seen));
  }

  private static String typeName(int type) {
    return switch (type) {
      case F_RDLCK -> "F_RDLCK";
      case F_WRLCK -> "F_WRLCK";
      case F_UNLCK -> "F_UNLCK (none)";
      default -> Integer.toString(type);
    };
  }

  private static List<FixtureEntry> nodes(Subject subject) {
    return Nodes.oneOfEachKind(subject).stream()
        .filter(entry -> !(entry.tree() instanceof Tree.Link))
        .toList();
  }

  private static List<FixtureEntry> files(Subject subject) {
    List<FixtureEntry> files =
        nodes(subject).stream().filter(entry -> entry.tree() instanceof Tree.File).toList();
    if (files.isEmpty()) {
      subject.skip("the fixture has no regular file");
    }
    return files;
  }
}
