package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.S_IFDIR;
import static io.github.storeproof.conformance.prober.Linux.S_IFLNK;
import static io.github.storeproof.conformance.prober.Linux.S_IFMT;
import static io.github.storeproof.conformance.prober.Linux.S_IFREG;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.NodeCheck;
import io.github.storeproof.conformance.oracle.RandomTrees;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.wire.Stat;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.Should;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.Collection;

/// lstat of every node: type, permissions, size, blocks, link count.
public final class StatCases {
  private static final int SECTOR_BYTES = 512;
  private static final long CLUSTER_BYTES = 64 << 10;

  private static final NodeCheck SIZE = StatCases::size;
  private static final Allowed LINKED =
      Decoded.stat(
          "st_nlink of at least 1", stat -> stat.nlink() >= 1, stat -> "st_nlink " + stat.nlink());

  static final NodeCheck TYPE = StatCases::type;
  private static final NodeCheck MODE = StatCases::mode;

  @Checks("ATTR-1")
  void sizesAreThoseOfTheContent(Subject subject) {
    Everywhere.look(subject, SIZE);
  }

  @Checks("ATTR-1")
  @NeedsAnyFixture
  void sizesInRandomTrees(Subject subject) {
    RandomTrees.look(subject, SIZE);
  }

  @Checks("ATTR-2")
  void filesWithContentHaveBlocks(Subject subject) {
    Everywhere.look(
        subject,
        StatCases::hasBytesThatAreNotZero,
        (trial, entry) ->
            trial.want(
                trial.calls().lstat(entry.pathBytes()),
                Decoded.stat(
                    "st_blocks above 0, because st_size is " + size(entry.tree()),
                    stat -> stat.blocks() > 0,
                    stat -> "st_blocks " + stat.blocks())));
  }

  @Checks("ATTR-2")
  @Should
  void blocksFollowTheSize(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.File,
        (trial, entry) -> {
          long most = mostBlocks(size(entry.tree()));
          trial.want(
              trial.calls().lstat(entry.pathBytes()),
              Decoded.stat(
                  "st_blocks of at most " + most + " for " + size(entry.tree()) + " bytes",
                  stat -> stat.blocks() >= 0 && stat.blocks() <= most,
                  stat -> "st_blocks " + stat.blocks()));
        });
  }

  @Checks("TYP-1")
  void typesAreThoseOfTheNodes(Subject subject) {
    Everywhere.look(subject, TYPE);
  }

  @Checks("TYP-1")
  @NeedsAnyFixture
  void typesInRandomTrees(Subject subject) {
    RandomTrees.look(subject, TYPE);
  }

  @Checks("MODE-1")
  @Needs("nix-modes")
  void plainFilesAreReadOnly(Subject subject) {
    Everywhere.look(subject, entry -> entry.tree() instanceof Tree.File(_, boolean x) && !x, MODE);
  }

  @Checks("MODE-1")
  @Needs("nix-modes")
  @NeedsAnyFixture
  void plainFilesOfRandomTreesAreReadOnly(Subject subject) {
    RandomTrees.look(subject, onlyFor(false));
  }

  @Checks("MODE-2")
  @Needs("nix-modes")
  void executablesAndDirectoriesAreExecutable(Subject subject) {
    Everywhere.look(
        subject,
        entry ->
            entry.tree() instanceof Tree.Dir
                || entry.tree() instanceof Tree.File(_, boolean x) && x,
        MODE);
  }

  @Checks("MODE-2")
  @Needs("nix-modes")
  @NeedsAnyFixture
  void executablesOfRandomTrees(Subject subject) {
    RandomTrees.look(subject, onlyFor(true));
  }

  @Checks("MODE-2")
  void noSetIdAndNoStickyBits(Subject subject) {
    Everywhere.look(
        subject,
        (trial, entry) ->
            trial.want(
                trial.calls().lstat(entry.pathBytes()),
                Decoded.stat(
                    "no set-user-ID, set-group-ID or sticky bit",
                    stat -> (stat.permissions() & 07000) == 0,
                    StatCases::shownMode)));
  }

  @Checks("INO-4")
  void linkCountsAreAtLeastOne(Subject subject) {
    Everywhere.look(
        subject, (trial, entry) -> trial.want(trial.calls().lstat(entry.pathBytes()), LINKED));
  }

  @Checks("INO-4")
  void theLinkCountOfTheRootIsAtLeastOne(Subject subject) {
    Trial trial = new Trial();
    trial.want(trial.calls().lstat(""), LINKED);
    Trials.run(subject, trial);
  }

  @Checks("INO-5")
  void linkCountsOfDirectoriesAreOneOrCountSubdirectories(Subject subject) {
    Everywhere.look(
        subject,
        entry -> entry.tree() instanceof Tree.Dir,
        (trial, entry) -> {
          Tree.Dir directory = (Tree.Dir) entry.tree();
          trial.want(trial.calls().lstat(entry.pathBytes()), linked(directory.children().values()));
        });
  }

  /// Where the root cannot be listed, nobody counts, and there may be other store paths.
  @Checks("INO-5")
  @Needs("list-root")
  void theLinkCountOfTheRootIsOneOrCountsStorePaths(Subject subject) {
    Trial trial = new Trial();
    trial.want(trial.calls().lstat(""), linked(subject.fixture().roots().values()));
    Trials.run(subject, trial);
  }

  /// The link count of a directory with these entries.
  private static Allowed linked(Collection<Tree> entries) {
    long below = entries.stream().filter(Tree.Dir.class::isInstance).count();
    return Decoded.stat(
        "st_nlink 1 or %d (2 and one for each of %d sub-directories)".formatted(2 + below, below),
        stat -> stat.nlink() == 1 || stat.nlink() == 2 + below,
        stat -> "st_nlink " + stat.nlink());
  }

  private static NodeCheck onlyFor(boolean executable) {
    return (trial, entry) -> {
      if (entry.tree() instanceof Tree.File(_, boolean x) && x == executable) {
        mode(trial, entry);
      }
    };
  }

  private static void size(Trial trial, FixtureEntry entry) {
    if (entry.tree() instanceof Tree.Dir) {
      return;
    }
    long size = size(entry.tree());
    trial.want(
        trial.calls().lstat(entry.pathBytes()),
        Decoded.stat(
            "st_size " + size, stat -> stat.size() == size, stat -> "st_size " + stat.size()));
  }

  private static void type(Trial trial, FixtureEntry entry) {
    int type = typeOf(entry.tree());
    trial.want(
        trial.calls().lstat(entry.pathBytes()),
        Decoded.stat(
            "type " + nameOf(type),
            stat -> stat.type() == type,
            stat -> "type " + nameOf(stat.mode() & S_IFMT)));
  }

  private static void mode(Trial trial, FixtureEntry entry) {
    int permissions = entry.tree() instanceof Tree.File(_, boolean x) && !x ? 0444 : 0555;
    trial.want(
        trial.calls().lstat(entry.pathBytes()),
        Decoded.stat(
            "mode %04o".formatted(permissions),
            stat -> stat.permissions() == permissions,
            StatCases::shownMode));
  }

  private static String shownMode(Stat stat) {
    return "mode %04o".formatted(stat.permissions());
  }

  private static int typeOf(Tree tree) {
    return switch (tree) {
      case Tree.Dir _ -> S_IFDIR;
      case Tree.File _ -> S_IFREG;
      case Tree.Link _ -> S_IFLNK;
    };
  }

  private static String nameOf(int type) {
    if (type == S_IFDIR) {
      return "S_IFDIR";
    }
    if (type == S_IFREG) {
      return "S_IFREG";
    }
    return type == S_IFLNK ? "S_IFLNK" : "0%o".formatted(type);
  }

  private static long size(Tree tree) {
    return switch (tree) {
      case Tree.Dir _ -> 0;
      case Tree.File(var content, _) -> content.size();
      case Tree.Link(var target) -> target.lengthBytes();
    };
  }

  /// A correct filesystem may store zeros as a hole, which has no blocks.
  private static boolean hasBytesThatAreNotZero(FixtureEntry entry) {
    if (!(entry.tree() instanceof Tree.File(var content, _))) {
      return false;
    }
    for (var extent : content.extents()) {
      for (byte b :
          content.slice(extent.offsetBytes(), (int) Math.min(extent.lengthBytes(), 4096))) {
        if (b != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /// Room for clusters of 64 KiB and one block of metadata for each hundred.
  private static long mostBlocks(long sizeBytes) {
    long clusters = (sizeBytes + CLUSTER_BYTES - 1) / CLUSTER_BYTES;
    return clusters * (CLUSTER_BYTES / SECTOR_BYTES) * 101 / 100 + 16;
  }
}
