package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_APPEND;
import static io.github.storeproof.conformance.prober.Linux.O_CREAT;
import static io.github.storeproof.conformance.prober.Linux.O_EXCL;
import static io.github.storeproof.conformance.prober.Linux.O_PATH;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.O_WRONLY;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.wire.Stat;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsRoot;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.PathComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// The target below an overlayfs: what it shows, what it copies up, what it hides, and that it lasts.
@NeedsRoot
public final class OverlayCases {
  private static final int ANY = 40;
  private static final int OF_EACH_KIND = 4;
  private static final int LARGEST_COPY_BYTES = 4 << 20;
  private static final int LONGEST_PATH_BYTES = 3000;
  private static final int MOST_CHILDREN = 300;
  private static final int ATTRIBUTES_LAST_MILLIS = 1100;
  private static final int PERMISSIONS = 0640;
  private static final byte[] TAIL = {'x'};
  private static final PathComponent NEW = PathComponent.of("~storeproof");

  @Checks("OVL-1")
  void anOverlayShowsWhatTheTargetHas(Subject subject) {
    run(subject, overlay -> chosen(subject).forEach(entry -> same(overlay, entry)));
  }

  @Checks("OVL-1")
  void filesAreCopiedUpWithContentAndMode(Subject subject) {
    List<FixtureEntry> files = files(subject);
    List<FixtureEntry> links = some(subject, entry -> entry.tree() instanceof Tree.Link);
    run(
        subject,
        overlay -> {
          for (FixtureEntry file : files) {
            append(overlay, file);
          }
          for (FixtureEntry link : links) {
            Trial trial = overlay.at("a link that is given to another user, " + link);
            Arg path = Overlay.path(link.pathBytes());
            trial.want(trial.calls().chown(path, 1, 1, AT_SYMLINK_NOFOLLOW), Allowed.success());
            WholeNode.want(trial, path, link.tree());
          }
          files.forEach(file -> below(overlay, file));
        });
  }

  @Checks("OVL-1")
  void permissionsAreChangedOnTop(Subject subject) {
    List<FixtureEntry> files = files(subject);
    run(
        subject,
        overlay -> {
          for (FixtureEntry file : files) {
            Trial trial = overlay.at("a file whose permissions are changed, " + file);
            Arg path = Overlay.path(file.pathBytes());
            trial.want(trial.calls().chmod(path, PERMISSIONS), Allowed.success());
            trial.want(
                trial.calls().lstat(path),
                Decoded.stat(
                    "permissions 0" + Integer.toOctalString(PERMISSIONS),
                    stat -> stat.permissions() == PERMISSIONS,
                    OverlayCases::shown));
            WholeNode.want(trial, path, file.tree());
          }
          files.forEach(file -> below(overlay, file));
        });
  }

  @Checks("OVL-1")
  void namesAreAddedHiddenAndMovedOnTop(Subject subject) {
    List<FixtureEntry> directories = some(subject, OverlayCases::hasFilesOnly);
    if (directories.isEmpty()) {
      subject.skip("the fixture has no directory with files and links only");
    }
    run(
        subject,
        overlay -> {
          directories.forEach(directory -> rearrange(overlay, directory));
          overlay.at("the caches").calls().dropCaches();
          directories.forEach(directory -> empty(overlay, directory));
          directories.forEach(directory -> below(overlay, directory));
        });
  }

  /// What overlayfs holds of a directory below outlives the time for which entries and attributes are valid, mostly a second.
  @Checks("OVL-1")
  void nodesThatAreHeldStayValid(Subject subject) {
    List<FixtureEntry> entries = chosen(subject);
    run(
        subject,
        overlay -> {
          for (FixtureEntry entry : entries) {
            same(overlay, entry);
            Trial trial = overlay.at("the opening of " + entry);
            boolean isFile = entry.tree() instanceof Tree.File;
            int flags = isFile ? O_RDONLY : O_PATH;
            if (!(entry.tree() instanceof Tree.Link)) {
              trial.want(
                  trial.calls().open(Overlay.path(entry.pathBytes()), flags, 0), Allowed.success());
            }
          }
          Trial pause = overlay.at("a second");
          pause.calls().sleep(ATTRIBUTES_LAST_MILLIS);
          entries.forEach(entry -> same(overlay, entry));
          pause.calls().dropCaches();
          entries.forEach(entry -> same(overlay, entry));
        });
  }

  private static void run(Subject subject, Consumer<Overlay> code) {
    Overlay.require(subject);
    Trial trial = new Trial();
    Overlay.over(trial, code);
    Trials.run(subject, trial);
  }

  private static List<FixtureEntry> chosen(Subject subject) {
    List<FixtureEntry> chosen = new ArrayList<>(Nodes.oneOfEachKind(subject));
    chosen.addAll(Nodes.any(subject, ANY));
    chosen.removeIf(entry -> !isSmall(entry));
    return chosen;
  }

  private static boolean isSmall(FixtureEntry entry) {
    boolean hasShortPath = entry.pathBytes().length < LONGEST_PATH_BYTES;
    return hasShortPath
        && switch (entry.tree()) {
          case Tree.Dir(var children) -> children.size() <= MOST_CHILDREN;
          case Tree.File(var content, _) -> content.size() <= LARGEST_COPY_BYTES;
          case Tree.Link _ -> true;
        };
  }

  private static List<FixtureEntry> some(Subject subject, Predicate<FixtureEntry> kind) {
    List<FixtureEntry> all = new ArrayList<>(subject.fixture().walk());
    Collections.shuffle(all, subject.random());
    return all.stream().filter(OverlayCases::isSmall).filter(kind).limit(OF_EACH_KIND).toList();
  }

  /// Plain files, executables, and the largest that is not too large.
  private static List<FixtureEntry> files(Subject subject) {
    List<FixtureEntry> files = new ArrayList<>(some(subject, entry -> is(entry, false)));
    files.addAll(some(subject, entry -> is(entry, true)));
    Files.of(subject).reversed().stream()
        .filter(OverlayCases::isSmall)
        .filter(entry -> !files.contains(entry))
        .findFirst()
        .ifPresent(files::add);
    return files;
  }

  private static boolean is(FixtureEntry entry, boolean executable) {
    return entry.tree() instanceof Tree.File(_, boolean x) && x == executable;
  }

  private static boolean hasFilesOnly(FixtureEntry entry) {
    return entry.tree() instanceof Tree.Dir(var children)
        && children.size() > 2
        && children.values().stream().noneMatch(child -> child instanceof Tree.Dir)
        && children.values().stream().anyMatch(child -> child instanceof Tree.File);
  }

  /// The node itself, through the overlay.
  private static void same(Overlay overlay, FixtureEntry entry) {
    Trial trial = overlay.at(entry.toString());
    Arg path = Overlay.path(entry.pathBytes());
    WholeNode.want(trial, path, entry.tree());
    wantAttributes(trial, path, entry);
  }

  /// The node as the target has it, which no change on top reaches.
  private static void below(Overlay overlay, FixtureEntry entry) {
    WholeNode.want(overlay.at("the target's own " + entry + " after changes on top"), entry);
  }

  private static void wantAttributes(Trial trial, Arg path, FixtureEntry entry) {
    Slot below = trial.calls().lstat(entry.pathBytes());
    trial.want(
        "type, permissions, owner and mtime of the target's node",
        List.of(below, trial.calls().lstat(path)),
        observed -> difference(observed, OverlayCases::shownWithTime));
  }

  /// How the words for the attributes of the last answer differ from those of the first.
  private static Optional<String> difference(
      List<Observation> observed, Function<Stat, String> words) {
    return Decoded.firstError(observed)
        .or(() -> {
          String below = words.apply(Decoded.stat(observed.getFirst()));
          String above = words.apply(Decoded.stat(observed.getLast()));
          return below.equals(above)
              ? Optional.empty()
              : Optional.of(above + ", and the target has " + below);
        });
  }

  private static String shown(Stat stat) {
    return "st_mode 0%o, st_uid %d, st_gid %d".formatted(stat.mode(), stat.uid(), stat.gid());
  }

  private static String shownWithTime(Stat stat) {
    return shown(stat) + ", st_mtime " + stat.mtime();
  }

  private static void append(Overlay overlay, FixtureEntry file) {
    Trial trial = overlay.at("a file that is appended to, " + file);
    Arg path = Overlay.path(file.pathBytes());
    Slot fd = trial.calls().open(path, O_WRONLY | O_APPEND, 0);
    trial.want(fd, Allowed.success());
    trial.want(trial.calls().write(fd, TAIL), Allowed.result(TAIL.length));
    trial.calls().close(fd);
    Content content = Files.content(file);
    byte[] longer = Arrays.copyOf(content.slice(0, (int) content.size()), (int) content.size() + 1);
    longer[longer.length - 1] = TAIL[0];
    WholeNode.want(trial, path, Tree.plain(Content.ofBytes(longer)));
    Slot below = trial.calls().lstat(file.pathBytes());
    trial.want(
        "the permissions and the owner that the file had",
        List.of(below, trial.calls().lstat(path)),
        observed -> difference(observed, OverlayCases::shown));
  }

  /// A file is removed, another node gets a new name, and a file is made.
  private static void rearrange(Overlay overlay, FixtureEntry directory) {
    SortedMap<PathComponent, Tree> names = new TreeMap<>(children(directory));
    Trial trial = overlay.at("names in " + directory);
    PathComponent hidden = names.firstKey();
    PathComponent moved = names.lastKey();
    trial.want(trial.calls().unlink(path(directory, hidden)), Allowed.success());
    trial.want(
        trial.calls().rename(path(directory, moved), path(directory, NEW), 0), Allowed.success());
    names.remove(hidden);
    names.put(NEW, names.remove(moved));
    for (PathComponent gone : List.of(hidden, moved)) {
      trial.want(trial.calls().lstat(path(directory, gone)), Allowed.errno(Errno.ENOENT));
    }
    wantAll(trial, directory, names);
    Slot fd = trial.calls().open(path(directory, hidden), O_WRONLY | O_CREAT | O_EXCL, PERMISSIONS);
    trial.want(trial.calls().write(fd, TAIL), Allowed.result(TAIL.length));
    trial.calls().close(fd);
    wantAll(trial, directory, rearranged(directory));
  }

  /// What [#rearrange] leaves.
  private static SortedMap<PathComponent, Tree> rearranged(FixtureEntry directory) {
    SortedMap<PathComponent, Tree> names = new TreeMap<>(children(directory));
    PathComponent made = names.firstKey();
    names.put(NEW, names.remove(names.lastKey()));
    names.put(made, Tree.plain(Content.ofBytes(TAIL)));
    return names;
  }

  /// All that is there by now is removed, and the directory made again: nothing from below comes through.
  private static void empty(Overlay overlay, FixtureEntry directory) {
    Trial trial = overlay.at(directory + ", removed and made again");
    Arg path = Overlay.path(directory.pathBytes());
    SortedMap<PathComponent, Tree> names = rearranged(directory);
    wantAll(trial, directory, names);
    names
        .keySet()
        .forEach(
            name -> trial.want(trial.calls().unlink(path(directory, name)), Allowed.success()));
    trial.want(trial.calls().rmdir(path), Allowed.success());
    trial.want(trial.calls().lstat(path), Allowed.errno(Errno.ENOENT));
    trial.want(trial.calls().mkdir(path, PERMISSIONS), Allowed.success());
    WholeNode.want(trial, path, Tree.Dir.EMPTY);
  }

  private static void wantAll(
      Trial trial, FixtureEntry directory, SortedMap<PathComponent, Tree> names) {
    WholeNode.want(trial, Overlay.path(directory.pathBytes()), new Tree.Dir(names));
    names.forEach((name, node) -> WholeNode.want(trial, path(directory, name), node));
  }

  private static SortedMap<PathComponent, Tree> children(FixtureEntry entry) {
    if (entry.tree() instanceof Tree.Dir(var children)) {
      return children;
    }
    throw new IllegalArgumentException(entry + " is no directory");
  }

  private static Arg path(FixtureEntry directory, PathComponent name) {
    byte[] slash = "/".getBytes(StandardCharsets.US_ASCII);
    byte[] parent = directory.pathBytes();
    byte[] path = Arrays.copyOf(parent, parent.length + slash.length + name.lengthBytes());
    System.arraycopy(slash, 0, path, parent.length, slash.length);
    System.arraycopy(name.toBytes(), 0, path, parent.length + slash.length, name.lengthBytes());
    return Overlay.path(path);
  }
}
