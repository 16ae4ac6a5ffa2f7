package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.S_IFDIR;
import static io.github.storeproof.conformance.prober.Linux.S_IFLNK;
import static io.github.storeproof.conformance.prober.Linux.S_IFREG;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsNot;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.Feature;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The directory in which the store paths appear, where it cannot be listed, and what can be in it.
@SharesMounts(Corners.FAMILY)
public final class RootCases {
  private static final int UNLISTED_ROOTS = 64;
  private static final int LOOKUPS = 500;
  private static final int READ_BYTES = 4096;

  @Checks("ROOT-1")
  @NeedsNot("list-root")
  void anUnlistableRootRefusesToBeListed(Subject subject) {
    Trial trial = new Trial();
    for (int size : List.of(32_768, 280, 4096)) {
      refused(trial, size);
      lookups(trial, subject.fixture(), LOOKUPS);
    }
    ListedDirectory.below(subject.fixture()).stream()
        .limit(20)
        .forEach(each -> each.list(trial, 32_768));
    refused(trial, 32_768);
    trial.calls().dropCaches();
    refused(trial, 32_768);
    lookups(trial, subject.fixture(), LOOKUPS);
    Trials.run(subject, trial);
  }

  @Checks("ROOT-1")
  @NeedsNot("list-root")
  void anUnlistableRootIsStillADirectory(Subject subject) {
    Trial trial = new Trial();
    trial.want(
        trial.calls().lstat(""),
        Decoded.stat(
            "a directory",
            stat -> stat.type() == S_IFDIR,
            stat -> "st_mode 0%o".formatted(stat.mode())));
    trial.want(trial.calls().chdir(""), Allowed.success());
    for (StorePath path : some(subject.fixture(), LOOKUPS)) {
      trial.want(
          trial.calls().fstatat(Arg.cwd(), Arg.raw(path.basename()), AT_SYMLINK_NOFOLLOW),
          Allowed.success());
      trial.want(
          trial.calls().fstatat(Arg.rootDir(), Arg.raw(path.basename()), AT_SYMLINK_NOFOLLOW),
          Allowed.success());
    }
    Trials.run(subject, trial);
  }

  @Checks("ROOT-3")
  void namesThatAreNearlyStorePathsAreNotFound(Subject subject) {
    ListedDirectory root = ListedDirectory.root(subject.fixture());
    Trial trial = new Trial();
    for (StorePath path : some(subject.fixture(), LOOKUPS)) {
      List<Bytes> misses =
          RootNearMisses.of(path).stream().filter(miss -> !root.names().contains(miss)).toList();
      misses.forEach(miss -> NameCases.absent(trial, root, Arg.rootDir(), miss));
      trial.want(trial.calls().lstat(path.basename()), Allowed.success());
      misses.forEach(miss -> NameCases.absent(trial, root, Arg.rootDir(), miss));
    }
    Trials.run(subject, trial);
  }

  @Checks("ROOT-3")
  void namesThatAreNoStorePathsAreNotFound(Subject subject) {
    ListedDirectory root = ListedDirectory.root(subject.fixture());
    Trial trial = new Trial();
    for (Bytes name : RootNearMisses.foreign()) {
      if (!root.names().contains(name)) {
        NameCases.absent(trial, root, Arg.rootDir(), name);
        trial.want(
            trial.calls().openat(Arg.rootDir(), name.toArray(), O_RDONLY),
            Allowed.that(
                "ENOENT for opening " + Listings.shown(name),
                observed -> observed.errno().equals(Errno.ENOENT)));
      }
    }
    Trials.run(subject, trial);
  }

  @Checks("ROOT-3")
  void nothingIsBelowAStorePathThatIsNotThere(Subject subject) {
    Trial trial = new Trial();
    for (StorePath path : some(subject.fixture(), LOOKUPS)) {
      if (subject.fixture().roots().get(path) instanceof Tree.Dir(var children)
          && !children.isEmpty()) {
        byte[] child = children.firstKey().toBytes();
        trial.want(trial.calls().lstat(below(path.basename(), child)), Allowed.success());
        trial.want(
            trial.calls().lstat(below(path.basename() + "x", child)), Allowed.errno(Errno.ENOENT));
        trial.want(
            trial.calls().lstat(below(path.basename().substring(0, 32), child)),
            Allowed.errno(Errno.ENOENT));
      }
    }
    if (trial.isEmpty()) {
      subject.skip("no store path of the fixture is a directory with entries");
    }
    Trials.run(subject, trial);
  }

  @Checks("ROOT-5")
  void storePathsOfEveryKindAreWhatTheyAre(Subject subject) {
    Trial trial = new Trial();
    subject.fixture().roots().forEach((path, tree) -> kind(trial, path, tree));
    if (trial.isEmpty()) {
      subject.skip("the fixture has no store path");
    }
    Trials.run(subject, trial);
  }

  @Checks("ROOT-5")
  @NeedsAnyFixture
  void storePathsOfEveryKindInAnyOrder(Subject subject) {
    Fixture fixture = FixtureCatalog.rootKinds();
    Trial trial = new Trial();
    trial.calls().dropCaches();
    List<Map.Entry<StorePath, Tree>> roots = new ArrayList<>(fixture.roots().entrySet());
    Collections.shuffle(roots, subject.random());
    roots.forEach(root -> kind(trial, root.getKey(), root.getValue()));
    trial.calls().dropCaches();
    roots.reversed().forEach(root -> kind(trial, root.getKey(), root.getValue()));
    Corners.run(subject, trial);
  }

  @Checks("ROOT-7")
  @NeedsAnyFixture
  void aNameThatWasNeverListedIsFoundAndThenListedOnce(Subject subject) {
    Fixture fixture = FixtureCatalog.manyRoots(UNLISTED_ROOTS);
    LiveMount mount = subject.fresh(fixture);
    Trial trial = new Trial();
    List<StorePath> shuffled = new ArrayList<>(fixture.roots().keySet());
    Collections.shuffle(shuffled, subject.random());
    int half = shuffled.size() / 2;
    shuffled.subList(0, half).forEach(path -> found(trial, path));
    if (subject.features().claims(Feature.LIST_ROOT)) {
      ListedDirectory root = ListedDirectory.root(fixture);
      ListingCases.complete(trial, root, 1024);
      shuffled.subList(half, shuffled.size()).forEach(path -> found(trial, path));
      ListingCases.complete(trial, root, 32_768);
    } else {
      shuffled.subList(half, shuffled.size()).forEach(path -> found(trial, path));
    }
    trial.run(script -> subject.run(mount, script));
  }

  private static void found(Trial trial, StorePath path) {
    trial.want(
        trial.calls().lstat(path.basename()),
        Allowed.that(
            "store path " + path + " found before it is listed", observed -> observed.ok()));
  }

  /// Opening the root for listing fails, or listing it does.
  private static void refused(Trial trial, int bufferBytes) {
    Slot fd = trial.calls().open("", O_RDONLY | O_DIRECTORY);
    Slot entries = trial.calls().getdents(fd, bufferBytes);
    trial.calls().close(fd);
    trial.want(
        "EPERM or EACCES from opening the root for listing, or from getdents64 on it",
        List.of(fd, entries),
        observed -> {
          Observation answer = observed.getFirst().ok() ? observed.get(1) : observed.getFirst();
          boolean refused =
              answer.errno().equals(Errno.EPERM) || answer.errno().equals(Errno.EACCES);
          String call = observed.getFirst().ok() ? "getdents64: " : "open: ";
          return refused ? Optional.empty() : Optional.of(call + Allowed.outcome(answer));
        });
  }

  private static void lookups(Trial trial, Fixture fixture, int most) {
    for (StorePath path : some(fixture, most)) {
      trial.want(
          trial.calls().lstat(path.basename()),
          Allowed.that(
              "store path " + path + " found in a root that cannot be listed",
              observed -> observed.ok()));
    }
  }

  private static List<StorePath> some(Fixture fixture, int most) {
    return fixture.roots().keySet().stream().limit(most).toList();
  }

  /// A store path is a node of its kind, with what is in it.
  static void kind(Trial trial, StorePath path, Tree tree) {
    int type =
        switch (tree) {
          case Tree.Dir _ -> S_IFDIR;
          case Tree.File _ -> S_IFREG;
          case Tree.Link _ -> S_IFLNK;
        };
    trial.want(
        trial.calls().lstat(path.basename()),
        Decoded.stat(
            "st_mode 0%06o without permissions for store path %s".formatted(type, path),
            stat -> stat.type() == type,
            stat -> "st_mode 0%06o".formatted(stat.type())));
    content(trial, path.basename(), tree);
  }

  private static void content(Trial trial, String path, Tree tree) {
    switch (tree) {
      case Tree.Link(var target) ->
          trial.want(trial.calls().readlink(path), Allowed.bytes(target.toBytes()));
      case Tree.File(var content, boolean executable) -> {
        Slot fd = trial.want(trial.calls().open(path, O_RDONLY), Allowed.success());
        trial.want(
            trial.calls().pread(fd, READ_BYTES, 0), Allowed.bytes(content.slice(0, READ_BYTES)));
        trial.calls().close(fd);
        trial.want(
            trial.calls().stat(path),
            Decoded.stat(
                executable
                    ? "an executable file at " + path
                    : "a file at " + path + " that is not executable",
                stat -> (stat.permissions() & 0111) != 0 == executable,
                stat -> "mode %04o".formatted(stat.permissions())));
      }
      case Tree.Dir(var children) -> {
        Set<Bytes> names = new LinkedHashSet<>();
        children.keySet().forEach(name -> names.add(Bytes.of(name.toBytes())));
        ListingCases.complete(trial, new ListedDirectory(Bytes.of(path), names), READ_BYTES);
      }
    }
  }

  private static byte[] below(String root, byte[] child) {
    byte[] path =
        Arrays.copyOf(
            (root + "/").getBytes(StandardCharsets.US_ASCII), root.length() + 1 + child.length);
    System.arraycopy(child, 0, path, root.length() + 1, child.length);
    return path;
  }
}
