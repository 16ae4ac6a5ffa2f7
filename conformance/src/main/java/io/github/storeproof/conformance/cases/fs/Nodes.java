package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

  /// A link to a regular file beside it.
  static Optional<FixtureEntry> linkToAFile(Subject subject) {
    return linkTo(subject, Tree.File.class::isInstance, false);
  }

  /// A link to a name beside it that is not there.
  static Optional<FixtureEntry> danglingLink(Subject subject) {
    return linkTo(subject, _ -> false, true);
  }

  /// The first link below a root to a name beside it.
  private static Optional<FixtureEntry> linkTo(
      Subject subject, Predicate<Tree> wanted, boolean isDangling) {
    return subject.fixture().walk().stream()
        .filter(entry ->
            !isRoot(entry)
                && entry.tree() instanceof Tree.Link(var target)
                && NearMisses.isName(target.toBytes())
                && subject
                    .fixture()
                    .find(beside(entry, target.toBytes()))
                    .map(wanted::test)
                    .orElse(isDangling))
        .findFirst();
  }

  /// The path of a name in the directory of a node.
  private static byte[] beside(FixtureEntry entry, byte[] name) {
    byte[] path = entry.pathBytes();
    int slash = path.length - 1;
    while (path[slash] != '/') {
      slash--;
    }
    return Mutations.join(Arrays.copyOf(path, slash), name);
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
