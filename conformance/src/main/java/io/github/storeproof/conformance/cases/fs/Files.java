package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.conformance.subject.Subject;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.FixtureEntry;
import io.github.storeproof.fixtures.Tree;
import java.util.Comparator;
import java.util.List;

/// The regular files of a fixture.
final class Files {
  private Files() {}

  /// All of them, the largest last. A fixture without files skips the case.
  static List<FixtureEntry> of(Subject subject) {
    List<FixtureEntry> files =
        subject.fixture().walk().stream()
            .filter(entry -> entry.tree() instanceof Tree.File)
            .sorted(Comparator.comparingLong(entry -> content(entry).size()))
            .toList();
    if (files.isEmpty()) {
      subject.skip("the fixture has no regular file");
    }
    return files;
  }

  /// The `count` largest ones, each content once.
  static List<FixtureEntry> largest(Subject subject, int count) {
    List<FixtureEntry> all = of(subject).reversed();
    java.util.Set<Content> seen = new java.util.HashSet<>();
    return all.stream().filter(entry -> seen.add(content(entry))).limit(count).toList();
  }

  static Content content(FixtureEntry entry) {
    if (entry.tree() instanceof Tree.File(Content content, _)) {
      return content;
    }
    throw new IllegalArgumentException(entry + " is no regular file");
  }
}
