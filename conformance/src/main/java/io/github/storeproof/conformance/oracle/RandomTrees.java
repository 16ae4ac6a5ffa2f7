package io.github.storeproof.conformance.oracle;

import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.conformance.target.LiveMount;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureBuilder;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArbitrary;
import io.github.storeproof.model.StorePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/// A property over random trees: a [NodeCheck] holds for every node of every tree. jqwik makes the trees and shrinks them.
///
/// All trees of a run are the roots of one mount, which the cases share. A tree that fails is shrunk in rounds: the next
/// simpler trees are shown side by side on a mount of their own, and the first that still fails is the next to be shrunk.
public final class RandomTrees {
  private static final int DEFAULT_TREES = 24;
  private static final int GENERATION_SIZE = 1000;
  private static final int SIDE_BY_SIDE = 24;
  private static final int MAX_ROUNDS = 12;

  private final Subject subject;
  private final NodeCheck check;

  private RandomTrees(Subject subject, NodeCheck check) {
    this.subject = subject;
    this.check = check;
  }

  /// Looks at every node of every random tree.
  ///
  /// @throws Mismatch for the first tree that fails, with the smallest tree and script that were found
  public static void look(Subject subject, NodeCheck check) {
    Jqwik.run(new RandomTrees(subject, check)::run);
  }

  private void run() {
    Map<Tree.Dir, Shrinkable<Tree.Dir>> trees = generate();
    LiveMount mount = subject.shared("random-trees", () -> sideBySide(trees.keySet()));
    Optional<Failure> failure = firstFailure(mount, trees);
    if (failure.isPresent()) {
      throw shrink(failure.get()).mismatch();
    }
  }

  private Map<Tree.Dir, Shrinkable<Tree.Dir>> generate() {
    RandomGenerator<Tree.Dir> generator =
        TreeArbitrary.trees().map(subject.limits()::fit).generator(GENERATION_SIZE, true);
    Random random = new Random(subject.seed());
    List<Shrinkable<Tree.Dir>> trees = new ArrayList<>();
    for (int made = 0; made < subject.tries(DEFAULT_TREES); made++) {
      trees.add(generator.next(random));
    }
    return distinct(trees);
  }

  private Failure shrink(Failure failure) {
    Failure smallest = failure;
    for (int round = 0; round < MAX_ROUNDS && subject.mayShrink(); round++) {
      Map<Tree.Dir, Shrinkable<Tree.Dir>> simpler =
          distinct(smallest.tree().shrink().limit(SIDE_BY_SIDE).toList());
      if (simpler.isEmpty()) {
        break;
      }
      LiveMount mount = subject.fresh(sideBySide(simpler.keySet()));
      Optional<Failure> next = firstFailure(mount, simpler);
      mount.close();
      if (next.isEmpty()) {
        break;
      }
      smallest = next.get();
    }
    return smallest;
  }

  private Optional<Failure> firstFailure(
      LiveMount mount, Map<Tree.Dir, Shrinkable<Tree.Dir>> trees) {
    for (Map.Entry<StorePath, Tree> root : mount.fixture().roots().entrySet()) {
      Shrinkable<Tree.Dir> tree = trees.get(root.getValue());
      if (tree == null) {
        continue;
      }
      Optional<Mismatch> mismatch = mismatch(mount, root);
      if (mismatch.isPresent()) {
        return Optional.of(new Failure(tree, mismatch.get().with(alone(root))));
      }
    }
    return Optional.empty();
  }

  private Optional<Mismatch> mismatch(LiveMount mount, Map.Entry<StorePath, Tree> root) {
    Trial trial = new Trial();
    for (FixtureEntry entry : alone(root).walk()) {
      check.look(trial, entry);
    }
    return trial.isEmpty()
        ? Optional.empty()
        : trial.firstMismatch(script -> subject.run(mount, script));
  }

  private static Map<Tree.Dir, Shrinkable<Tree.Dir>> distinct(List<Shrinkable<Tree.Dir>> trees) {
    Map<Tree.Dir, Shrinkable<Tree.Dir>> byTree = new LinkedHashMap<>();
    trees.forEach(tree -> byTree.putIfAbsent(tree.value(), tree));
    return byTree;
  }

  private static Fixture sideBySide(Iterable<Tree.Dir> trees) {
    FixtureBuilder fixture = Fixture.named("random-trees");
    int number = 0;
    for (Tree.Dir tree : trees) {
      fixture.add("random-" + number++, tree);
    }
    return fixture.build();
  }

  private static Fixture alone(Map.Entry<StorePath, Tree> root) {
    return new Fixture(new TreeMap<>(Map.of(root.getKey(), root.getValue())), "random-tree");
  }

  private record Failure(Shrinkable<Tree.Dir> tree, Mismatch mismatch) {}
}
