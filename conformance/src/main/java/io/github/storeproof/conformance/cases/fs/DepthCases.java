package io.github.storeproof.conformance.cases.fs;

import static io.github.storeproof.conformance.prober.Linux.AT_SYMLINK_NOFOLLOW;
import static io.github.storeproof.conformance.prober.Linux.O_DIRECTORY;
import static io.github.storeproof.conformance.prober.Linux.O_RDONLY;
import static io.github.storeproof.conformance.prober.Linux.PATH_MAX;

import io.github.storeproof.conformance.oracle.Allowed;
import io.github.storeproof.conformance.oracle.Decoded;
import io.github.storeproof.conformance.oracle.Trial;
import io.github.storeproof.conformance.prober.Arg;
import io.github.storeproof.conformance.prober.Observation;
import io.github.storeproof.conformance.prober.Slot;
import io.github.storeproof.conformance.subject.Checks;
import io.github.storeproof.conformance.subject.Costs;
import io.github.storeproof.conformance.subject.Needs;
import io.github.storeproof.conformance.subject.NeedsAnyFixture;
import io.github.storeproof.conformance.subject.SharesMounts;
import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.PathComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Directories far below the root: each is reached from the one above it, because no path is that long.
@SharesMounts(Corners.FAMILY)
@NeedsAnyFixture
public final class DepthCases {
  private static final int BUFFER = 4096;
  private static final int MOST_CALLS = 10;

  @Checks("DIR-8")
  void aThousandLevelsAreWalkedDownAndUp(Subject subject) {
    Walk walk = Walk.begin(ListingFixture.deep(), "deep");
    for (int level = 1; level < ListingFixture.LEVELS; level++) {
      walk.down("d");
    }
    walk.wantEntries();
    walk.up();
    Corners.run(subject, walk.trial);
  }

  /// At the bottom once more when the kernel has forgotten all but the directory that is open.
  @Costs(2)
  @Checks("DIR-8")
  @Needs("long-paths")
  void nodesWhosePathIsLongerThanAnyArgumentAreLikeOthers(Subject subject) {
    Fixture fixture = ListingFixture.longPath();
    Walk walk = Walk.begin(fixture, "long-path");
    for (int level = 1; level < ListingFixture.LONG_LEVELS; level++) {
      walk.wantEntries();
      walk.down(ListingFixture.LONG_NAME);
    }
    walk.wantEntries();
    walk.trial.calls().dropCaches();
    walk.wantEntries();
    walk.up();
    LiveMount mount = subject.fresh(fixture);
    walk.trial.run(script -> subject.run(mount, script));
  }

  /// A way down from a store path, with a descriptor of the directory that it has come to. *Confined.*
  private static final class Walk {
    private final Trial trial = new Trial();
    private final List<Slot> attributes = new ArrayList<>();
    private Slot fd;
    private Tree.Dir directory;

    private Walk(byte[] path, Tree.Dir directory) {
      this.fd = trial.calls().open(path, O_RDONLY | O_DIRECTORY);
      this.directory = directory;
      attributes.add(trial.calls().fstat(fd));
    }

    static Walk begin(Fixture fixture, String root) {
      byte[] path = fixture.path(root);
      return new Walk(path, directory(fixture.find(path)));
    }

    private static Tree.Dir directory(Optional<Tree> tree) {
      if (tree.orElseThrow() instanceof Tree.Dir dir) {
        return dir;
      }
      throw new IllegalArgumentException(tree + " is no directory");
    }

    void down(String name) {
      step(name, attributes.size());
      directory = directory(Optional.ofNullable(directory.children().get(PathComponent.of(name))));
      attributes.add(trial.calls().fstat(fd));
    }

    /// Goes back by `..`, through the same directories.
    void up() {
      for (int level = attributes.size() - 2; level >= 0; level--) {
        step("..", level);
        trial.want(
            "the directory of level " + level + " above the one below it",
            List.of(attributes.get(level), trial.calls().fstat(fd)),
            DepthCases::sameNode);
      }
    }

    private void step(String name, int level) {
      Slot next = trial.calls().openat(fd, name, O_RDONLY | O_DIRECTORY);
      String shown = name.length() <= 2 ? name : name.length() + " bytes";
      trial.want(
          next,
          Allowed.that(
              "\"" + shown + "\" to level " + level + " opens", observed -> observed.ok()));
      trial.calls().close(fd);
      fd = next;
    }

    /// Adds the listing of the directory, and all of its entries but what is in other directories.
    void wantEntries() {
      trial.calls().seekdir(fd, 0);
      WholeNode.wantEntries(trial, trial.calls().listAll(fd, BUFFER, MOST_CALLS), directory);
      for (Map.Entry<PathComponent, Tree> child : directory.children().entrySet()) {
        Arg name = Arg.raw(child.getKey().toBytes());
        trial.want(trial.calls().fstatat(fd, name, AT_SYMLINK_NOFOLLOW), Allowed.success());
        switch (child.getValue()) {
          case Tree.Dir _ -> {}
          case Tree.Link(var target) ->
              trial.want(
                  trial.calls().readlinkat(fd, name, PATH_MAX), Allowed.bytes(target.toBytes()));
          case Tree.File(var content, _) -> {
            Slot file = trial.calls().openat(fd, name, O_RDONLY, 0);
            WholeNode.wantContent(trial, trial.calls().readAll(file, BUFFER), content);
            trial.calls().close(file);
          }
        }
      }
    }
  }

  private static Optional<String> sameNode(List<Observation> observed) {
    return Decoded.firstError(observed)
        .or(() -> {
          long down = Decoded.stat(observed.getFirst()).ino();
          long up = Decoded.stat(observed.get(1)).ino();
          return down == up
              ? Optional.empty()
              : Optional.of("st_ino " + up + ", and " + down + " on the way down");
        });
  }
}
