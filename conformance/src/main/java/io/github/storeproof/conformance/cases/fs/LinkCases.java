package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.O_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_PATH;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Everywhere;
import io.github.storeproof.conformance.oracle.NodeCheck;
import io.github.storeproof.conformance.oracle.RandomTrees;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Script;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/// readlink: the bytes of a target, and what a buffer gets of them.
@SharesMounts(Corners.FAMILY)
public final class LinkCases {
  private static final int WHOLE_BYTES = 4096;
  private static final int BEHIND_BYTES = 16;

  private static final NodeCheck TARGET = LinkCases::target;
  private static final NodeCheck SMALL_BUFFERS = LinkCases::smallBuffers;
  private static final NodeCheck NOT_A_LINK = LinkCases::notALink;

  @Checks("LNK-1")
  void targetsAreExact(Subject subject) {
    Everywhere.look(subject, LinkCases::isLink, TARGET);
  }

  @Checks("LNK-1")
  void targetsAreExactInAnyOrderAfterDroppingCaches(Subject subject) {
    List<FixtureEntry> links =
        new ArrayList<>(subject.fixture().walk().stream().filter(LinkCases::isLink).toList());
    if (links.isEmpty()) {
      subject.skip("the fixture has no symbolic link");
    }
    Collections.shuffle(links, subject.random());
    Trial trial = new Trial();
    trial.calls().dropCaches();
    links.forEach(link -> target(trial, link));
    links.reversed().forEach(link -> throughDescriptor(trial, link));
    Trials.run(subject, trial);
  }

  @Checks("LNK-1")
  @NeedsAnyFixture
  void targetsOfEveryLengthAreExact(Subject subject) {
    Fixture links = subject.limits().fit(LinkFixture.lengths().fixture());
    Trial trial = new Trial();
    for (FixtureEntry entry : links.walk()) {
      target(trial, entry);
    }
    Corners.run(subject, trial);
  }

  @Checks("LNK-1")
  @NeedsAnyFixture
  void targetsOfRandomTreesAreExact(Subject subject) {
    RandomTrees.look(subject, TARGET);
  }

  @Checks("LNK-2")
  void smallBuffersTakeThePartThatFits(Subject subject) {
    Everywhere.look(subject, LinkCases::isLink, SMALL_BUFFERS);
  }

  @Checks("LNK-2")
  @NeedsAnyFixture
  void smallBuffersInRandomTrees(Subject subject) {
    RandomTrees.look(subject, SMALL_BUFFERS);
  }

  @Checks("LNK-2")
  void aBufferOfNoBytesIsRefused(Subject subject) {
    Everywhere.look(
        subject,
        LinkCases::isLink,
        (trial, entry) ->
            trial.want(
                trial.calls().readlinkat(Arg.cwd(), Arg.path(entry.pathBytes()), 0),
                Allowed.errno(Errno.EINVAL)));
  }

  @Checks("LNK-4")
  void readingAnythingButALinkIsRefused(Subject subject) {
    Everywhere.look(subject, entry -> !isLink(entry), NOT_A_LINK);
  }

  @Checks("LNK-4")
  void readingTheRootAsALinkIsRefused(Subject subject) {
    Trial trial = new Trial();
    trial.want(trial.calls().readlink(""), Allowed.errno(Errno.EINVAL));
    Trials.run(subject, trial);
  }

  @Checks("LNK-4")
  @NeedsAnyFixture
  void readingAnythingButALinkOfRandomTreesIsRefused(Subject subject) {
    RandomTrees.look(subject, NOT_A_LINK);
  }

  static boolean isLink(FixtureEntry entry) {
    return entry.tree() instanceof Tree.Link;
  }

  private static void target(Trial trial, FixtureEntry entry) {
    if (entry.tree() instanceof Tree.Link(var target)) {
      trial.want(trial.calls().readlink(entry.pathBytes()), Allowed.bytes(target.toBytes()));
    }
  }

  private static void throughDescriptor(Trial trial, FixtureEntry entry) {
    if (entry.tree() instanceof Tree.Link(var target)) {
      Slot fd = trial.calls().open(entry.pathBytes(), O_PATH | O_NOFOLLOW);
      trial.want(
          trial.calls().readlinkat(fd, Arg.raw(""), WHOLE_BYTES), Allowed.bytes(target.toBytes()));
      trial.calls().close(fd);
    }
  }

  private static void notALink(Trial trial, FixtureEntry entry) {
    if (!isLink(entry)) {
      trial.want(trial.calls().readlink(entry.pathBytes()), Allowed.errno(Errno.EINVAL));
    }
  }

  private static void smallBuffers(Trial trial, FixtureEntry entry) {
    if (entry.tree() instanceof Tree.Link(var target)) {
      int length = target.lengthBytes();
      TreeSet<Integer> sizes =
          new TreeSet<>(List.of(1, 2, length / 2, length - 1, length, length + 1));
      for (int size : sizes.tailSet(1)) {
        trial.want(readlink(trial.calls(), entry, size), truncated(target.toBytes(), size));
      }
    }
  }

  /// readlink with a buffer that is larger than it says.
  private static Slot readlink(Script.Builder calls, FixtureEntry entry, int sizeBytes) {
    return calls.call(
        "readlinkat",
        Arg.cwd(),
        Arg.path(entry.pathBytes()),
        new Arg.Out(sizeBytes + BEHIND_BYTES, false),
        Arg.num(sizeBytes));
  }

  private static Allowed truncated(byte[] target, int sizeBytes) {
    byte[] part = Arrays.copyOf(target, Math.min(target.length, sizeBytes));
    return new Allowed(
        "the first " + part.length + " of " + target.length + " bytes in a buffer of " + sizeBytes,
        observed ->
            observed.result() == part.length
                && startsWith(observed.bytes(), part)
                && isUntouched(observed.bytes(), sizeBytes),
        observed -> seen(observed, part, sizeBytes));
  }

  private static String seen(Observation observed, byte[] part, int sizeBytes) {
    if (observed.result() < 0 || observed.result() != part.length) {
      return Allowed.outcome(observed);
    }
    byte[] bytes = observed.bytes();
    return startsWith(bytes, part)
        ? "bytes written behind the end of the buffer of " + sizeBytes
        : Allowed.difference(part, Arrays.copyOf(bytes, part.length));
  }

  private static boolean startsWith(byte[] bytes, byte[] part) {
    return bytes.length >= part.length
        && Arrays.equals(bytes, 0, part.length, part, 0, part.length);
  }

  private static boolean isUntouched(byte[] bytes, int from) {
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] != 0) {
        return false;
      }
    }
    return true;
  }
}
