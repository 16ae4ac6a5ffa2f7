package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.MADV_POPULATE_READ;
import static io.github.storeproof.conformance.prober.Linux.MAP_PRIVATE;
import static io.github.storeproof.conformance.prober.Linux.MAP_SHARED;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.PROT_READ;

import io.github.storeproof.conformance.cases.fs.FaultFixture.Topic;
import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.store.Fault;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsFaults;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Pages of mapped files that the store cannot give.
@NeedsFaults
@NeedsAnyFixture
public final class MappedErrorCases {
  private static final int PAGE_BYTES = 4096;

  @Checks("ERR-7")
  void pagesThatCannotBeReadRaiseSigbus(Subject subject) {
    FaultyMount mount = FaultyMount.of(subject);
    Content content = FaultFixture.content(Topic.MAPPED, "large");
    long broken = content.size() / 2 / PAGE_BYTES * PAGE_BYTES;
    mount.faults().blob(content.digest(), new Fault.BreaksOff(broken));
    mount.faults().blob(FaultyMount.blob(Topic.MAPPED, "small"), new Fault.Missing());
    Trial trial = new Trial();
    Slot large = trial.calls().open(FaultFixture.path(Topic.MAPPED, "large"), O_RDONLY);
    Slot small = trial.calls().open(FaultFixture.path(Topic.MAPPED, "small"), O_RDONLY);
    for (int flags : List.of(MAP_PRIVATE, MAP_SHARED)) {
      wantBus(trial, large, trial.calls().mapRead(large, PAGE_BYTES, broken, flags));
      wantBus(trial, small, trial.calls().mapRead(small, PAGE_BYTES, 0, flags));
    }
    wantNotPopulated(trial, large, broken);
    wantNotPopulated(trial, small, 0);
    FaultyMount.wantRight(trial, Topic.MAPPED, "sibling");
    mount.run("small is missing, and the middle of large cannot be read", trial);
    mount.faults().clear();
    mount.await("some pages could not be read and can again", again -> wantMapped(again, content));
  }

  private static void wantBus(Trial trial, Slot fd, Slot mapped) {
    trial.want(
        "SIGBUS (EFAULT of a system call that reads the memory), or EIO when it is opened",
        List.of(fd, mapped),
        seen -> unlessErrno(seen, Errno.EFAULT, "memory without SIGBUS"));
  }

  /// EINVAL: a kernel before 5.14 does not know the advice.
  private static void wantNotPopulated(Trial trial, Slot fd, long offset) {
    Slot map = trial.calls().mmap(PAGE_BYTES, PROT_READ, MAP_PRIVATE, fd, offset);
    Slot populated = trial.calls().madvise(map, PAGE_BYTES, MADV_POPULATE_READ);
    trial.calls().munmap(map, PAGE_BYTES);
    trial.want(
        "EFAULT of madvise(MADV_POPULATE_READ), or EIO when it is opened",
        List.of(fd, populated),
        seen ->
            seen.get(1).errno().equals(Errno.EINVAL)
                ? Optional.empty()
                : unlessErrno(seen, Errno.EFAULT, "success"));
  }

  private static Optional<String> unlessErrno(
      List<Observation> seen, Errno wanted, String success) {
    Observation open = seen.get(0);
    Observation use = seen.get(1);
    if (!open.ok()) {
      return open.errno().equals(Errno.EIO)
          ? Optional.empty()
          : Optional.of("open: " + open.errno().name());
    }
    if (use.errno().equals(wanted)) {
      return Optional.empty();
    }
    return Optional.of(use.ok() ? success : Allowed.outcome(use));
  }

  private static void wantMapped(Trial trial, Content content) {
    Slot fd = trial.calls().open(FaultFixture.path(Topic.MAPPED, "large"), O_RDONLY);
    long middle = content.size() / 2 / PAGE_BYTES * PAGE_BYTES;
    trial.want(
        trial.calls().mapRead(fd, PAGE_BYTES, middle, MAP_PRIVATE),
        Allowed.bytes(Arrays.copyOf(content.slice(middle, PAGE_BYTES), PAGE_BYTES)));
    trial.calls().close(fd);
  }
}
