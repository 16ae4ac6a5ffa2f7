package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.DirBuilder;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.fixtures.TreeNodes;
import io.github.storeproof.model.DirectoryCodec;
import io.github.storeproof.model.SizeRule;
import java.util.List;

/// Nodes that a table takes for one another when its keys are short of what tells them apart.
/// ```
/// hashes/         names of one hash each: times 31, times 33, FNV-1, FNV-1a, CRC-32, Adler-32, a sum
/// below/A, B/in   the same names as directories, so that whole paths have one hash
/// joined/         paths that are one text without their slashes
/// digests/        nodes of different kinds whose content has one digest
/// ```
final class LookAlikeFixture {
  private static final List<String> HASHED_ALIKE =
      List.of(
          "Aa",
          "BB",
          "B@",
          "AaAa",
          "AaBB",
          "BBAa",
          "BBBB",
          "quists",
          "creamwove",
          "liquid",
          "costarring",
          "declinate",
          "macallums",
          "plumless",
          "buckeroo",
          "gnu",
          "codding",
          "acca",
          "bbbb",
          "ab",
          "ba");

  private LookAlikeFixture() {}

  static Fixture fixture() {
    Tree tree =
        Tree.dir()
            .add("hashes", hashes())
            .add("below", below())
            .add("joined", joined())
            .add("digests", digests())
            .build();
    return Fixture.of("look-alikes", "look-alikes", tree);
  }

  private static Tree hashes() {
    DirBuilder hashes = Tree.dir();
    HASHED_ALIKE.forEach(name -> hashes.link(name, "name-" + name));
    return hashes.build();
  }

  private static Tree below() {
    DirBuilder below = Tree.dir();
    HASHED_ALIKE.forEach(
        name -> below.add(name, Tree.dir().plain("in", Content.ofText("in " + name)).build()));
    return below.build();
  }

  private static Tree joined() {
    return Tree.dir()
        .add("a", Tree.dir().link("bc", "a-bc").link("b", "a-b").build())
        .add("ab", Tree.dir().link("c", "ab-c").build())
        .link("abc", "abc")
        .add("1", Tree.dir().link("23", "1-23").build())
        .add("12", Tree.dir().link("3", "12-3").build())
        .build();
  }

  private static Tree digests() {
    Tree.Dir directory = Tree.dir().link("name", "target").build();
    byte[] encoded = DirectoryCodec.encode(TreeNodes.directory(directory, SizeRule.SNIX));
    return Tree.dir()
        .add("directory", directory)
        .plain("file-of-the-bytes-of-the-directory", Content.ofBytes(encoded))
        .executable("program-of-the-bytes-of-the-directory", Content.ofBytes(encoded))
        .link("link", "target")
        .plain("file-of-the-bytes-of-the-link", Content.ofText("target"))
        .add("empty-directory", Tree.Dir.EMPTY)
        .plain("empty-file", Content.EMPTY)
        .build();
  }
}
