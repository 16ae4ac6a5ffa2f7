package io.github.storeproof.conformance.cases.nar;

import io.github.storeproof.conformance.target.FixtureLimits;
import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureBuilder;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.RawBytes;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeArchive;
import io.github.storeproof.model.SymlinkTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;

/// Archives of trees of every kind, name and size that readers get wrong.
final class RightArchives {
  private static final int[] SIZES = {0, 1, 7, 8, 9, 4096, 65_535, 262_145, (3 << 20) + 5};
  private static final int[] TARGET_LENGTHS = {1, 7, 8, 9, SymlinkTarget.MAX_LENGTH_BYTES};
  private static final int LEVELS = 100;
  private static final int ENTRIES = 1_000;

  private RightArchives() {}

  /// Those that a target can hold, by their names.
  static SortedMap<String, RawBytes> all(FixtureLimits limits) {
    SortedMap<String, RawBytes> archives = new TreeMap<>();
    limits
        .fit(trees())
        .roots()
        .forEach((path, tree) -> archives.put(path.name() + ".nar", of(tree)));
    return archives;
  }

  static RawBytes of(Tree tree) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TreeArchive.write(tree, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RawBytes.of(out.toByteArray());
  }

  private static Fixture trees() {
    FixtureBuilder trees = Fixture.named("archives");
    for (int sizeBytes : SIZES) {
      Content content = Content.random(sizeBytes, sizeBytes);
      trees.add("plain-" + sizeBytes, Tree.plain(content));
      trees.add("executable-" + sizeBytes, Tree.executable(content));
    }
    for (int lengthBytes : TARGET_LENGTHS) {
      trees.add("link-" + lengthBytes, Tree.link("t".repeat(lengthBytes)));
    }
    trees.add("empty-directory", Tree.Dir.EMPTY);
    trees.add("every-kind", everyKind());
    trees.add("every-byte-names", FixtureCatalog.everyByteNames());
    trees.add("names-that-begin-alike", FixtureCatalog.prefixNames());
    trees.add("odd-names", FixtureCatalog.oddNames());
    trees.add("long-names", FixtureCatalog.longNames());
    trees.add("targets", FixtureCatalog.targets());
    trees.add("deep", FixtureCatalog.deep(LEVELS));
    trees.add("wide", FixtureCatalog.wide(ENTRIES));
    return trees.build();
  }

  /// A directory that has every kind of node.
  static Tree.Dir everyKind() {
    return Tree.dir()
        .add("a", Tree.dir().executable("x", Content.ofText("#!/bin/sh\n")).build())
        .link("b", "a/x")
        .plain("c", Content.ofText("content"))
        .add("d", Tree.Dir.EMPTY)
        .build();
  }
}
