package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_EMPTY_PATH;
import static io.github.storeproof.conformance.prober.Linux.AT_STATX_FORCE_SYNC;
import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_PATH;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.STATX_BASIC_STATS;

import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.Expectation;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Bytes;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.prober.render.PseudoC;
import io.github.storeproof.conformance.prober.wire.Stat;
import io.github.storeproof.conformance.prober.wire.Timestamp;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/// Attributes seen by different ways and at different times: they are those of one node.
public final class AttributeCases {
  private static final int ROOT_LOOKS = 3;
  private static final int SEVERAL_REPLIES = 30;
  private static final int REPLY_BYTES = 1024;
  private static final int SAMPLE = 160;
  private static final Timestamp CANONICAL = new Timestamp(1, 0);

  @Checks("ATTR-3")
  void everyWayToTheAttributesGivesTheSame(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : Nodes.any(subject, SAMPLE)) {
      trial.want(
          "the same attributes by each call", ways(trial.calls(), entry, subject.random()), SAME);
    }
    Trials.run(subject, trial);
  }

  @Checks("ATTR-3")
  void attributesAreTheSameAfterListingAndAfterDroppingCaches(Subject subject) {
    Trial trial = new Trial();
    List<FixtureEntry> entries = Nodes.any(subject, SAMPLE);
    List<List<Slot>> slots = firstLooks(trial.calls(), entries);
    listParents(trial.calls(), entries);
    again(trial.calls(), entries, slots);
    trial.calls().dropCaches();
    listParents(trial.calls(), entries);
    again(trial.calls(), entries, slots);
    trial.calls().dropCaches();
    again(trial.calls(), entries, slots);
    slots.forEach(each -> trial.want("the same attributes before and after", each, SAME));
    Trials.run(subject, trial);
  }

  /// A listing that goes on after some of its names were looked up, as `ls -l` makes it of a large directory.
  @Checks("ATTR-3")
  void attributesAreTheSameWhenLooksAndListingsTakeTurns(Subject subject) {
    ListingTrials.andAtTheRoot(subject)
        .ofAtLeast(SEVERAL_REPLIES)
        .lookAroundDroppingCaches(
            AttributeCases::lookAtAll,
            (trial, directory, before) -> {
              Slot fd = directory.open(trial);
              for (Bytes name : directory.names().stream().limit(SEVERAL_REPLIES).toList()) {
                trial.calls().getdents(fd, Math.max(REPLY_BYTES, directory.smallestBufferBytes()));
                look(trial, fd, name);
              }
              trial.calls().close(fd);
              List<Slot> after = lookAtAll(trial, directory);
              for (int at = 0; at < after.size(); at++) {
                trial.want(
                    "the same attributes before and after",
                    List.of(before.get(at), after.get(at)),
                    SAME);
              }
            });
  }

  /// An lstat of each entry; [#again] adds more.
  private static List<List<Slot>> firstLooks(Script.Builder calls, List<FixtureEntry> entries) {
    List<List<Slot>> slots = new ArrayList<>();
    entries.forEach(entry -> slots.add(new ArrayList<>(List.of(calls.lstat(entry.pathBytes())))));
    return slots;
  }

  private static List<Slot> lookAtAll(Trial trial, ListedDirectory directory) {
    Slot fd = directory.open(trial);
    List<Slot> looks = directory.names().stream().map(name -> look(trial, fd, name)).toList();
    trial.calls().close(fd);
    return looks;
  }

  private static Slot look(Trial trial, Slot directory, Bytes name) {
    return trial.calls().fstatat(directory, Arg.raw(name.toArray()), AT_SYMLINK_NOFOLLOW);
  }

  @Checks("ATTR-3")
  void theRootOfTheMountKeepsItsAttributes(Subject subject) {
    Trial trial = new Trial();
    List<Slot> slots = new ArrayList<>();
    for (int look = 0; look < ROOT_LOOKS; look++) {
      slots.add(trial.calls().lstat(""));
      slots.add(
          trial.calls().statx(Arg.cwd(), Arg.path(""), AT_STATX_FORCE_SYNC, STATX_BASIC_STATS));
      throughDescriptor(trial.calls(), new byte[0], O_PATH, slots);
      Nodes.any(subject, ROOT_LOOKS).forEach(entry -> trial.calls().lstat(entry.pathBytes()));
      trial.calls().list("");
      trial.calls().dropCaches();
      trial.calls().sleep(20);
    }
    trial.want("the same attributes of the root each time", slots, SAME);
    Trials.run(subject, trial);
  }

  @Checks("ATTR-4")
  @Needs("nix-mtime")
  void modificationTimesAreOne(Subject subject) {
    Everywhere.look(
        subject,
        (trial, entry) ->
            trial.want(
                trial.calls().lstat(entry.pathBytes()),
                Decoded.stat(
                    "st_mtime 1",
                    stat -> stat.mtime().equals(CANONICAL),
                    stat -> "st_mtime " + stat.mtime())));
  }

  @Checks("ATTR-4")
  void modificationTimesStayTheSame(Subject subject) {
    Trial trial = new Trial();
    List<FixtureEntry> entries = Nodes.any(subject, SAMPLE);
    List<List<Slot>> slots = firstLooks(trial.calls(), entries);
    readAll(trial.calls(), entries);
    trial.calls().dropCaches();
    trial.calls().sleep(20);
    again(trial.calls(), entries, slots);
    slots.forEach(each ->
        trial.want(
            "the same st_mtime before and after reading",
            each,
            stable(stat -> "st_mtime " + stat.mtime())));
    Trials.run(subject, trial);
  }

  @Checks("ATTR-5")
  @Needs("nix-owner")
  void everythingBelongsToUserAndGroupZero(Subject subject) {
    Everywhere.look(
        subject,
        (trial, entry) ->
            trial.want(
                trial.calls().lstat(entry.pathBytes()),
                Decoded.stat(
                    "uid 0 and gid 0",
                    stat -> stat.uid() == 0 && stat.gid() == 0,
                    stat -> "uid " + stat.uid() + " and gid " + stat.gid())));
  }

  @Checks("ATTR-5")
  void readingChangesNoTimes(Subject subject) {
    Trial trial = new Trial();
    List<FixtureEntry> entries = Nodes.any(subject, SAMPLE);
    List<List<Slot>> slots = firstLooks(trial.calls(), entries);
    readAll(trial.calls(), entries);
    again(trial.calls(), entries, slots);
    slots.forEach(each ->
        trial.want("the same st_atime and st_ctime before and after reading", each, SAME_TIMES));
    Trials.run(subject, trial);
  }

  @Checks("ATTR-5")
  void timesAreNotThoseOfTheLookup(Subject subject) {
    Trial trial = new Trial();
    List<FixtureEntry> entries = Nodes.any(subject, SAMPLE);
    List<List<Slot>> slots = firstLooks(trial.calls(), entries);
    trial.calls().dropCaches();
    trial.calls().sleep(20);
    again(trial.calls(), entries, slots);
    slots.forEach(each ->
        trial.want(
            "the same st_atime and st_ctime after the caches are dropped", each, SAME_TIMES));
    Trials.run(subject, trial);
  }

  @Checks("ATTR-6")
  void everythingIsOnOneDevice(Subject subject) {
    Trial trial = new Trial();
    Slot root = trial.calls().lstat("");
    for (FixtureEntry entry : subject.fixture().walk()) {
      trial.want(
          "the st_dev of the root",
          List.of(root, trial.calls().lstat(entry.pathBytes())),
          stable(stat -> "st_dev " + stat.dev()));
    }
    Trials.run(subject, trial);
  }

  @Checks("ATTR-6")
  @Needs("own-device")
  void theDeviceIsNotThatOfTheDirectoryAbove(Subject subject) {
    Trial trial = new Trial();
    byte[] mountPoint = subject.mount().mountPoint();
    List<Slot> slots =
        List.of(
            trial.calls().lstat(Arg.raw(mountPoint)),
            trial.calls().lstat(Arg.raw(Mutations.join(mountPoint, new byte[] {'.', '.'}))));
    trial.want(
        "an st_dev of its own, different from that of the directory above",
        slots,
        observed -> Decoded.firstError(observed).or(() -> ownDevice(observed)));
    Trials.run(subject, trial);
  }

  private static Optional<String> ownDevice(List<Observation> observed) {
    long own = Decoded.stat(observed.getFirst()).dev();
    return own != Decoded.stat(observed.getLast()).dev()
        ? Optional.empty()
        : Optional.of("st_dev " + own + " in and above the mount point: nothing is mounted there");
  }

  /// The calls that give attributes of a node, in a random order.
  private static List<Slot> ways(Script.Builder calls, FixtureEntry entry, Random random) {
    byte[] path = entry.pathBytes();
    List<Slot> slots = new ArrayList<>();
    List<Runnable> ways = new ArrayList<>();
    ways.add(() -> slots.add(calls.lstat(path)));
    ways.add(() -> slots.add(calls.statx(path, STATX_BASIC_STATS)));
    ways.add(() -> throughDescriptor(calls, path, O_PATH | O_NOFOLLOW, slots));
    if (!(entry.tree() instanceof Tree.Link)) {
      ways.add(() -> throughDescriptor(calls, path, O_RDONLY, slots));
      ways.add(() -> slots.add(calls.stat(path)));
    }
    Collections.shuffle(ways, random);
    ways.forEach(Runnable::run);
    return slots;
  }

  private static void throughDescriptor(
      Script.Builder calls, byte[] path, int flags, List<Slot> slots) {
    Slot fd = calls.open(path, flags);
    slots.add(calls.fstat(fd));
    slots.add(calls.statx(fd, Arg.raw(""), AT_EMPTY_PATH, STATX_BASIC_STATS));
    calls.close(fd);
  }

  private static void listParents(Script.Builder calls, List<FixtureEntry> entries) {
    entries.stream()
        .map(FixtureEntry::pathBytes)
        .filter(path -> lastSlash(path) > 0)
        .map(path -> new String(path, 0, lastSlash(path), StandardCharsets.ISO_8859_1))
        .distinct()
        .forEach(parent -> calls.list(parent.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static int lastSlash(byte[] path) {
    int at = path.length - 1;
    while (at >= 0 && path[at] != '/') {
      at--;
    }
    return at;
  }

  private static void readAll(Script.Builder calls, List<FixtureEntry> entries) {
    for (FixtureEntry entry : entries) {
      switch (entry.tree()) {
        case Tree.Dir _ -> calls.list(entry.pathBytes());
        case Tree.Link _ -> calls.readlink(entry.pathBytes());
        case Tree.File _ -> {
          Slot fd = calls.open(entry.pathBytes(), O_RDONLY);
          calls.read(fd, 4096);
          calls.close(fd);
        }
      }
    }
  }

  private static void again(
      Script.Builder calls, List<FixtureEntry> entries, List<List<Slot>> slots) {
    for (int at = 0; at < entries.size(); at++) {
      slots.get(at).add(calls.lstat(entries.get(at).pathBytes()));
    }
  }

  /// All answers show the same attributes.
  static final Expectation.Judge SAME = stable(AttributeCases::shown);

  private static final Expectation.Judge SAME_TIMES =
      stable(stat -> "st_atime " + stat.atime() + ", st_ctime " + stat.ctime());

  /// All answers show the same of some attributes.
  private static Expectation.Judge stable(Function<Stat, String> attributes) {
    return observed -> Decoded.firstError(observed).or(() -> firstChange(observed, attributes));
  }

  private static Optional<String> firstChange(
      List<Observation> observed, Function<Stat, String> attributes) {
    String first = attributes.apply(Decoded.attributes(observed.getFirst()));
    for (Observation other : observed) {
      String now = attributes.apply(Decoded.attributes(other));
      if (!now.equals(first)) {
        return Optional.of(
            first + " by the first call, and " + now + " by " + PseudoC.render(other.call()));
      }
    }
    return Optional.empty();
  }

  private static String shown(Stat stat) {
    return "(st_dev %d, st_ino %d, st_mode 0%o, st_nlink %d, uid %d, gid %d, st_size %d, st_blocks %d, st_mtime %s)"
        .formatted(
            stat.dev(),
            stat.ino(),
            stat.mode(),
            stat.nlink(),
            stat.uid(),
            stat.gid(),
            stat.size(),
            stat.blocks(),
            stat.mtime());
  }
}
