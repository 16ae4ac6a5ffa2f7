package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/// Choices of nodes of the shared fixture.
final class Nodes {
  private Nodes() {}

  /// At most `most` regular files, by chance. A fixture without files skips the case.
  static List<FixtureEntry> sampleOfFiles(Subject subject, int most) {
    return sample(subject, Files.of(subject), most);
  }

  /// At most `most` files and directories, by chance.
  static List<FixtureEntry> filesAndDirectories(Subject subject, int most) {
    return sample(
        subject,
        subject.fixture().walk().stream()
            .filter(entry -> !(entry.tree() instanceof Tree.Link))
            .toList(),
        most);
  }

  /// At most `most` nodes of any kind, by chance.
  static List<FixtureEntry> any(Subject subject, int most) {
    return sample(subject, subject.fixture().walk(), most);
  }

  /// A plain file, an executable, a directory with entries, an empty one and a link, each where the fixture has one: below a
  /// root, and as a root node.
  static List<FixtureEntry> oneOfEachKind(Subject subject) {
    List<Predicate<Tree>> kinds =
        List.of(
            tree -> tree instanceof Tree.File(_, boolean x) && !x,
            tree -> tree instanceof Tree.File(_, boolean x) && x,
            tree -> tree instanceof Tree.Dir dir && !dir.children().isEmpty(),
            tree -> tree instanceof Tree.Dir dir && dir.children().isEmpty(),
            tree -> tree instanceof Tree.Link);
    List<FixtureEntry> chosen = new ArrayList<>();
    List<FixtureEntry> all = subject.fixture().walk();
    for (Predicate<Tree> kind : kinds) {
      all.stream()
          .filter(entry -> kind.test(entry.tree()) && !isRoot(entry))
          .findFirst()
          .ifPresent(chosen::add);
      all.stream()
          .filter(entry -> kind.test(entry.tree()) && isRoot(entry))
          .findFirst()
          .ifPresent(chosen::add);
    }
    return chosen;
  }

  /// Whether the node is one of the store paths themselves.
  static boolean isRoot(FixtureEntry entry) {
    for (byte b : entry.pathBytes()) {
      if (b == '/') {
        return false;
      }
    }
    return true;
  }

  private static List<FixtureEntry> sample(Subject subject, List<FixtureEntry> from, int most) {
    List<FixtureEntry> all = new ArrayList<>(from);
    Collections.shuffle(all, subject.random());
    return all.subList(0, Math.min(most, all.size()));
  }
}
