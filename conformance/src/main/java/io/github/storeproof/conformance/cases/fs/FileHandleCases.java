package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsRoot;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Handles of files that outlive descriptors and caches, as an NFS server keeps them.
@NeedsRoot
public final class FileHandleCases {
  private static final int FILES = 60;
  private static final int LOOKUPS = 500;
  private static final int MOST_BYTES = 1 << 20;
  private static final Allowed NOT_SUPPORTED =
      Allowed.errno(Errno.EOPNOTSUPP, Errno.EPERM, Errno.EACCES, Errno.ENOSYS);
  private static final Allowed REFUSED = NOT_SUPPORTED.or(Allowed.errno(Errno.ESTALE));

  @Checks("OVL-2")
  void aHandleOpensItsFile(Subject subject) {
    Trial trial = new Trial();
    Map<FixtureEntry, Slot> handles = handles(subject, trial);
    handles.forEach((file, handle) -> want(trial, file, handle));
    Trials.run(subject, trial);
  }

  @Checks("OVL-2")
  void aHandleOpensItsFileOrNoneAfterOthersWereLookedUp(Subject subject) {
    Trial trial = new Trial();
    Map<FixtureEntry, Slot> handles = handles(subject, trial);
    trial.calls().dropCaches();
    List<FixtureEntry> others = new ArrayList<>(subject.fixture().walk());
    Collections.shuffle(others, subject.random());
    others.removeAll(handles.keySet());
    others.stream().limit(LOOKUPS).forEach(other -> trial.calls().lstat(other.pathBytes()));
    handles.forEach((file, handle) -> want(trial, file, handle));
    Trials.run(subject, trial);
  }

  private static Map<FixtureEntry, Slot> handles(Subject subject, Trial trial) {
    Map<FixtureEntry, Slot> handles = new LinkedHashMap<>();
    for (FixtureEntry file : Nodes.sampleOfFiles(subject, FILES)) {
      Slot handle = trial.calls().nameToHandle(Arg.cwd(), Arg.path(file.pathBytes()), 0);
      trial.want(handle, Allowed.success().or(NOT_SUPPORTED));
      handles.put(file, handle);
    }
    return handles;
  }

  /// Opens by handle, on a descriptor of that filesystem, and reads.
  private static void want(Trial trial, FixtureEntry file, Slot handle) {
    Content content = Files.content(file);
    Slot any = trial.calls().open(file.pathBytes(), O_RDONLY);
    Slot fd = trial.calls().openByHandle(any, handle, O_RDONLY);
    Slot read = trial.calls().pread(fd, MOST_BYTES, 0);
    trial.calls().close(fd);
    trial.calls().close(any);
    byte[] start = content.slice(0, MOST_BYTES);
    trial.want(
        "the content of " + file + " by its handle, or ESTALE, or no handles",
        List.of(handle, fd, read),
        observed -> deviation(observed, start));
  }

  private static Optional<String> deviation(List<Observation> observed, byte[] start) {
    Observation opened = observed.get(1);
    if (!observed.getFirst().ok() || REFUSED.holds().test(opened)) {
      return Optional.empty();
    }
    Allowed bytes = Allowed.bytes(start);
    Observation read = observed.getLast();
    if (!opened.ok()) {
      return Optional.of("open_by_handle_at failed with " + opened.errno().name());
    }
    return bytes.holds().test(read) ? Optional.empty() : Optional.of(bytes.seen().apply(read));
  }
}
