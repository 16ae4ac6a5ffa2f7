package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.ProgramExit;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Standard;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.model.StorePath;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Archives of what a mount shows, compared with those of the trees that it was made of.
@Needs("nix-modes")
public final class ArchiveCases {
  private static final long MOST_BYTES = 512 << 10;
  private static final int MOST_ROOTS = 9;

  /// Trees whose names, targets, modes and kinds an archive can get wrong.
  private static final Set<String> FIRST =
      Set.of(
          Standard.EVERY_BYTE_NAMES,
          Standard.ODD_NAMES,
          Standard.PREFIX_NAMES,
          Standard.TARGETS,
          Standard.MODES,
          Standard.ROOT_FILE,
          Standard.ROOT_EXECUTABLE,
          Standard.ROOT_LINK,
          Standard.ROOT_EMPTY);

  @Checks("NAR-1")
  void whatIsSeenHasTheArchiveOfItsTree(Subject subject) {
    Trial trial = new Trial();
    for (StorePath root : roots(subject)) {
      List<FixtureEntry> entries =
          subject.fixture().walk().stream().filter(entry -> entry.root().equals(root)).toList();
      SeenArchive.want(trial, entries);
    }
    Trials.run(subject, trial);
  }

  @Checks("NAR-1")
  void nixDumpsTheArchiveOfItsTree(Subject subject) {
    Optional<Path> nix = nixStore();
    if (nix.isEmpty()) {
      subject.skip("nix-store is not in PATH; Debian has it in the package nix-bin");
      return;
    }
    Arg program = Arg.raw(nix.get().toString());
    Trial trial = new Trial();
    for (StorePath root : roots(subject)) {
      Arg path = Arg.path(root.basename());
      Slot dump =
          trial.calls().spawn(program, List.of(program, Arg.raw("--dump"), path), List.of());
      TreeArchive archive =
          TreeArchive.of(Objects.requireNonNull(subject.fixture().roots().get(root)));
      trial.want(
          dump, "the archive of the tree: " + SeenArchive.words(archive), o -> wrong(archive, o));
    }
    Trials.run(subject, trial);
  }

  private static Optional<String> wrong(TreeArchive archive, Observation dump) {
    if (!dump.ok()) {
      return Optional.of(Allowed.outcome(dump));
    }
    ProgramExit exit = dump.exit();
    return exit.waitStatus() == 0
        ? SeenArchive.difference(archive, exit.stdout().toArray())
        : Optional.of(exit.toString());
  }

  /// Small ones, those first that are more than names.
  private static List<StorePath> roots(Subject subject) {
    List<StorePath> first = new ArrayList<>();
    List<StorePath> others = new ArrayList<>();
    for (Map.Entry<StorePath, Tree> root : subject.fixture().roots().entrySet()) {
      if (TreeArchive.of(root.getValue()).sizeBytes() <= MOST_BYTES) {
        (FIRST.contains(root.getKey().name()) ? first : others).add(root.getKey());
      }
    }
    first.addAll(others);
    if (first.isEmpty()) {
      subject.skip("no tree of the fixture has an archive of at most " + MOST_BYTES + " bytes");
    }
    return first.subList(0, Math.min(MOST_ROOTS, first.size()));
  }

  private static Optional<Path> nixStore() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(path)
        .map(directory -> Path.of(directory, "nix-store"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
