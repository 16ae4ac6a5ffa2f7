package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.StatFs;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// statfs and fstatfs.
public final class StatFsCases {
  private static final int SAMPLE = 12;
  private static final long LARGEST_BLOCK_BYTES = 16 << 20;

  @Checks("STF-1")
  void theRootTellsOfItsFilesystem(Subject subject) {
    Trial trial = new Trial();
    look(trial, trial.calls().statfs(""));
    Trials.run(subject, trial);
  }

  @Checks("STF-1")
  void everyKindOfNodeTellsOfItsFilesystem(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : sample(subject)) {
      look(trial, trial.calls().statfs(Arg.path(entry.pathBytes())));
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      look(trial, trial.calls().fstatfs(fd));
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  @Checks("STF-1")
  void theWholeTreeIsOneFilesystem(Subject subject) {
    Trial trial = new Trial();
    Slot root = trial.calls().statfs("");
    for (FixtureEntry entry : Nodes.filesAndDirectories(subject, SAMPLE)) {
      Slot fd = trial.calls().open(entry.pathBytes(), O_RDONLY);
      for (Slot slot :
          List.of(trial.calls().statfs(Arg.path(entry.pathBytes())), trial.calls().fstatfs(fd))) {
        trial.want(
            "the f_type, f_bsize, f_frsize, f_namelen and f_fsid of the root",
            List.of(root, slot),
            StatFsCases::otherFilesystem);
      }
      trial.calls().close(fd);
    }
    Trials.run(subject, trial);
  }

  /// Free space and the number of files may change between two calls.
  private static Optional<String> otherFilesystem(List<Observation> observed) {
    return Decoded.firstError(observed)
        .or(() -> {
          String root = lasting(observed.getFirst());
          String node = lasting(observed.getLast());
          return root.equals(node)
              ? Optional.empty()
              : Optional.of(node + ", and " + root + " of the root");
        });
  }

  private static String lasting(Observation observation) {
    StatFs fs = StatFs.decode(observation.bytes());
    return "f_type 0x%x, f_bsize %d, f_frsize %d, f_namelen %d, f_fsid 0x%x"
        .formatted(fs.type(), fs.bsize(), fs.frsize(), fs.nameMax(), fs.id());
  }

  private static List<FixtureEntry> sample(Subject subject) {
    return subject.fixture().walk().stream()
        .filter(entry -> !(entry.tree() instanceof Tree.Link))
        .limit(SAMPLE)
        .toList();
  }

  private static void look(Trial trial, Slot slot) {
    trial.want(slot, Allowed.success());
    // 256: squashfs (Linux 6.18) and squashfuse say so, though they too refuse a name of 256 bytes.
    want(trial, slot, "f_namelen 255 or 256", fs -> fs.nameMax() == 255 || fs.nameMax() == 256);
    want(trial, slot, "f_bsize above 0", fs -> fs.bsize() > 0 && fs.bsize() <= LARGEST_BLOCK_BYTES);
    want(
        trial,
        slot,
        "f_frsize above 0, or 0 for f_bsize",
        fs -> fs.frsize() >= 0 && fs.frsize() <= LARGEST_BLOCK_BYTES);
    want(
        trial,
        slot,
        "f_bavail <= f_bfree <= f_blocks",
        fs -> fs.blocksAvailable() <= fs.blocksFree() && fs.blocksFree() <= fs.blocks());
    want(trial, slot, "f_ffree <= f_files", fs -> fs.filesFree() <= fs.files());
  }

  private static void want(Trial trial, Slot slot, String words, Predicate<StatFs> holds) {
    trial.want(
        slot,
        new Allowed(
            words, o -> !o.ok() || holds.test(StatFs.decode(o.bytes())), StatFsCases::shown));
  }

  private static String shown(Observation observation) {
    return StatFs.decode(observation.bytes()).toString();
  }
}
