package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.CLONE_FS;
import static io.github.storeproof.conformance.prober.Linux.O_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_PATH;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.S_IFDIR;
import static io.github.storeproof.conformance.prober.Linux.S_IFLNK;
import static io.github.storeproof.conformance.prober.Linux.S_IFREG;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.oracle.Trials;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Errno;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Observations;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.NeedsRoot;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Following links: where a path leads, and where it ends in an error.
@SharesMounts(Corners.FAMILY)
public final class LinkResolutionCases {
  @Checks("LNK-3")
  void linksLeadWhereTheirTargetsSay(Subject subject) {
    Trial trial = new Trial();
    follow(trial, subject.fixture());
    if (trial.isEmpty()) {
      subject.skip("the fixture has no symbolic link");
    }
    Trials.run(subject, trial);
  }

  @Checks("LNK-3")
  @NeedsAnyFixture
  void chainsAndCirclesEndAsTheyShould(Subject subject) {
    Fixture fixture = LinkFixture.chains().fixture();
    Trial trial = new Trial();
    follow(trial, fixture);
    trial.calls().dropCaches();
    follow(trial, fixture);
    Corners.run(subject, trial);
  }

  @Costs(4)
  @Checks("LNK-3")
  @NeedsAnyFixture
  void linksInTheMiddleOfAPathAreFollowed(Subject subject) {
    LinkFixture links = LinkFixture.chains();
    LinkResolver resolver = new LinkResolver(links.fixture());
    Trial trial = new Trial();
    for (FixtureEntry entry : links.fixture().walk()) {
      for (String below : List.of("/inside", "/.", "/..", "/nothing")) {
        byte[] path = join(entry.pathBytes(), below);
        expect(trial, path, resolver.follow(path));
      }
    }
    Corners.run(subject, trial);
  }

  @Checks("LNK-3")
  void openingALinkWithoutFollowingItIsRefused(Subject subject) {
    Trial trial = new Trial();
    for (FixtureEntry entry : subject.fixture().walk()) {
      if (LinkCases.isLink(entry)) {
        trial.want(
            trial.calls().open(entry.pathBytes(), O_RDONLY | O_NOFOLLOW),
            Allowed.errno(Errno.ELOOP));
      }
    }
    if (trial.isEmpty()) {
      subject.skip("the fixture has no symbolic link");
    }
    Trials.run(subject, trial);
  }

  @Checks("LNK-5")
  @NeedsRoot
  @NeedsAnyFixture
  void absoluteTargetsStartAtTheRootOfTheCaller(Subject subject) {
    Fixture fixture = LinkFixture.absolute().fixture();
    String links = fixture.root("absolute-links").basename();
    Trial trial = new Trial();
    Slot inside =
        trial
            .calls()
            .onThread(thread -> {
              thread.unshare(CLONE_FS);
              thread.chroot(Arg.path(""));
              for (String name : List.of("to-file", "through-dots")) {
                Slot fd = thread.openat(Arg.cwd(), "/" + links + "/" + name, O_RDONLY);
                thread.read(fd, 4096);
              }
              thread.fstatat(Arg.cwd(), Arg.raw("/" + links + "/to-directory"), 0);
              thread.fstatat(Arg.cwd(), Arg.raw("/" + links + "/to-root/" + links + "/to-root"), 0);
              thread.fstatat(Arg.cwd(), Arg.raw("/"), 0);
            });
    trial.want(
        "absolute targets that start at the caller's root after a chroot to the root of the store",
        List.of(inside),
        observed -> insideDeviation(observed.getFirst().inner()));
    outside(trial, links);
    Corners.run(subject, trial);
  }

  /// Where the store is not the root, the same links lead into the system of the caller.
  private static void outside(Trial trial, String links) {
    for (String name : List.of("to-file", "to-directory", "through-dots")) {
      trial.want(
          trial.calls().stat(links + "/" + name),
          Allowed.that(
              "ENOENT, because the caller's root is not that of the store",
              o -> o.errno().equals(Errno.ENOENT)));
    }
    trial.want(
        "the caller's root behind a link to \"/\"",
        List.of(
            trial.calls().stat(links + "/to-root"),
            trial.calls().fstatat(Arg.cwd(), Arg.raw("/"), 0)),
        observed ->
            Decoded.firstError(observed).or(() -> sameNode(observed.getFirst(), observed.get(1))));
  }

  private static Optional<String> insideDeviation(Observations inside) {
    byte[] reached = LinkFixture.REACHED.getBytes(StandardCharsets.UTF_8);
    for (int call = 0; call < inside.calls().size(); call++) {
      Observation observed = inside.at(call);
      if (!observed.ok()) {
        return Optional.of(
            "call " + call + " in the root of the store failed with " + observed.errno().name());
      }
    }
    for (int read : List.of(3, 5)) {
      if (!Arrays.equals(inside.at(read).bytes(), reached)) {
        return Optional.of("another file: " + Allowed.difference(reached, inside.at(read).bytes()));
      }
    }
    return Decoded.stat(inside.at(6)).isDirectory()
        ? sameNode(inside.at(7), inside.at(8))
        : Optional.of("no directory at to-directory");
  }

  private static Optional<String> sameNode(Observation a, Observation b) {
    var one = Decoded.stat(a);
    var other = Decoded.stat(b);
    return one.dev() == other.dev() && one.ino() == other.ino()
        ? Optional.empty()
        : Optional.of(
            "st_dev %d, st_ino %d, want those of \"/\", %d and %d"
                .formatted(one.dev(), one.ino(), other.dev(), other.ino()));
  }

  /// Adds for each link of a fixture that lstat sees the link, and that stat ends where the path
  /// leads.
  private static void follow(Trial trial, Fixture fixture) {
    LinkResolver resolver = new LinkResolver(fixture);
    for (FixtureEntry entry : fixture.walk()) {
      if (LinkCases.isLink(entry)) {
        trial.want(
            fstatat(trial, entry.pathBytes(), AT_SYMLINK_NOFOLLOW),
            Decoded.stat(
                "a symbolic link",
                stat -> stat.type() == S_IFLNK,
                stat -> "st_mode 0%o".formatted(stat.mode())));
        expect(trial, entry.pathBytes(), resolver.follow(entry.pathBytes()));
      }
    }
  }

  private static void expect(Trial trial, byte[] path, LinkResolver.End end) {
    switch (end) {
      case LinkResolver.End.At(Tree tree) -> {
        trial.want(fstatat(trial, path, 0), reached(tree));
        trial.calls().close(trial.want(open(trial, path), Allowed.success()));
      }
      case LinkResolver.End.AtTheRoot _ ->
          trial.want(
              fstatat(trial, path, 0),
              Decoded.stat(
                  "the root",
                  stat -> stat.type() == S_IFDIR,
                  stat -> "st_mode 0%o".formatted(stat.mode())));
      case LinkResolver.End.Failing(List<Errno> errors) -> {
        trial.want(fstatat(trial, path, 0), oneOf(errors));
        trial.want(open(trial, path), oneOf(errors));
      }
      case LinkResolver.End.Outside _ -> {
        // What is there belongs to the caller's system.
      }
    }
  }

  private static Allowed reached(Tree tree) {
    return switch (tree) {
      case Tree.Dir _ ->
          Decoded.stat(
              "a directory behind the link",
              stat -> stat.type() == S_IFDIR,
              stat -> "st_mode 0%o".formatted(stat.mode()));
      case Tree.File(var content, _) ->
          Decoded.stat(
              "a file of " + content.size() + " bytes behind the link",
              stat -> stat.type() == S_IFREG && stat.size() == content.size(),
              stat -> "st_mode 0%o, st_size %d".formatted(stat.mode(), stat.size()));
      case Tree.Link _ ->
          throw new IllegalArgumentException("a path that was followed ends at a link");
    };
  }

  private static Allowed oneOf(List<Errno> errors) {
    String names = errors.stream().map(Errno::name).collect(Collectors.joining(" or "));
    return Allowed.that(names + " behind the link", observed -> errors.contains(observed.errno()));
  }

  /// Below a descriptor of the root, so that links in the path of the mount point do not count.
  private static Slot fstatat(Trial trial, byte[] path, int flags) {
    return trial.calls().fstatat(Arg.rootDir(), Arg.raw(path), flags);
  }

  private static Slot open(Trial trial, byte[] path) {
    return trial.calls().openat(Arg.rootDir(), path, O_PATH);
  }

  private static byte[] join(byte[] path, String below) {
    byte[] tail = below.getBytes(StandardCharsets.UTF_8);
    byte[] joined = Arrays.copyOf(path, path.length + tail.length);
    System.arraycopy(tail, 0, joined, path.length, tail.length);
    return joined;
  }
}
