package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Errno.EBADF;
import static io.github.storeproof.conformance.prober.Errno.EINVAL;
import static io.github.storeproof.conformance.prober.Linux.MAP_SHARED;
import static io.github.storeproof.conformance.prober.Linux.O_PATH;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.PROT_READ;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.List;
import java.util.Optional;

/// Calls that write back what is not there to be written, and close.
public final class SyncCases {
  private static final int SAMPLE = 60;
  private static final int FEW = 10;
  private static final int PAGE_BYTES = 4096;
  private static final int MS_SYNC = 4;
  private static final int SYNC_ALL = 7;

  @Checks("SYN-1")
  void nothingIsWrittenBackWithoutAnError(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, SAMPLE)) {
      wantSynced(trial, entry.pathBytes());
    }
    if (subject.features().claims(Feature.LIST_ROOT)) {
      wantSynced(trial, new byte[0]);
    } else {
      wantSyncedIfItOpens(trial, new byte[0]);
    }
    Trials.run(subject, trial);
  }

  @Checks("SYN-1")
  void theWholeFilesystemIsSynced(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.oneOfEachKind(subject)) {
      if (!(entry.tree() instanceof Tree.Link)) {
        Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
        trial.want(trial.calls().syncfs(fd), Allowed.result(0));
        trial.calls().close(fd);
        Slot path = trial.calls().open(entry.pathBytes(), O_PATH);
        trial.want(trial.calls().syncfs(path), Allowed.errno(EBADF));
        trial.want(trial.calls().fsync(path), Allowed.errno(EBADF));
        trial.calls().close(path);
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("SYN-1")
  void partsOfFilesAndMappingsAreSynced(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry file : Nodes.sampleOfFiles(subject, FEW)) {
      Slot fd = trial.calls().open(file.pathBytes(), O_RDONLY);
      trial.want(
          trial.calls().call("sync_file_range", fd, Arg.num(0), Arg.num(0), Arg.num(SYNC_ALL)),
          Allowed.result(0).or(Allowed.errno(EINVAL)));
      if (Files.content(file).size() > 0) {
        Slot address = trial.calls().mmap(PAGE_BYTES, PROT_READ, MAP_SHARED, fd, 0);
        Slot synced = trial.calls().call("msync", address, Arg.num(PAGE_BYTES), Arg.num(MS_SYNC));
        trial.want(synced, Allowed.result(0).or(Allowed.errno(EINVAL)));
        trial.calls().munmap(address, PAGE_BYTES);
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("SYN-2")
  void everyDescriptorCloses(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, SAMPLE)) {
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      Slot copy = trial.calls().dup(fd);
      if (entry.tree() instanceof Tree.File) {
        trial.calls().pread(fd, PAGE_BYTES, 0);
      }
      trial.want(trial.calls().close(copy), Allowed.result(0));
      trial.want(trial.calls().close(fd), Allowed.result(0));
    }
    Trials.run(subject, trial);
  }

  private static void wantSynced(Trial trial, byte[] path) {
    Slot fd = trial.calls().open(path, O_RDONLY);
    trial.want(trial.calls().fsync(fd), synced());
    trial.want(trial.calls().fdatasync(fd), synced());
    trial.want(trial.calls().fsync(fd), synced());
    trial.calls().close(fd);
  }

  /// A root that cannot be listed need not open.
  private static void wantSyncedIfItOpens(Trial trial, byte[] path) {
    Slot fd = trial.calls().open(path, O_RDONLY);
    for (Slot synced : List.of(trial.calls().fsync(fd), trial.calls().fdatasync(fd))) {
      trial.want(
          synced().words(),
          List.of(fd, synced),
          observed ->
              observed.getFirst().ok() && !synced().holds().test(observed.getLast())
                  ? Optional.of(Allowed.outcome(observed.getLast()))
                  : Optional.empty());
    }
    trial.calls().close(fd);
  }

  private static Allowed synced() {
    return Allowed.result(0).or(Allowed.errno(EINVAL));
  }
}
