package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.DirBuilder;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.Tree;
import io.github.storeproof.model.StorePath;
import java.util.List;

/// Trees that are about links.
///
/// @param fixture the trees
/// @param name the name part of the store path that the links are in
record LinkFixture(Fixture fixture, String name) {
  /// Lengths at which filesystems change how they keep a target: 60 (ext4), 16, 64 and 4096 byte
  /// records, PATH_MAX.
  private static final List<Integer> EDGES =
      List.of(16, 32, 60, 64, 100, 128, 256, 512, 1000, 1024, 2000, 2048, 3000, 4000, 4080, 4094);

  /// The bytes of the file that [#absolute] leads to.
  static final String REACHED = "reached through an absolute target";

  /// Targets around the edges, of bytes that differ at each position.
  static LinkFixture lengths() {
    DirBuilder links = Tree.dir();
    for (int length = 1; length <= 12; length++) {
      links.link("length-" + length, target(length));
    }
    for (int edge : EDGES) {
      for (int length = edge - 1; length <= edge + 1; length++) {
        links.link("length-" + length, target(length));
      }
    }
    return new LinkFixture(
        Fixture.of("link-lengths", "link-lengths", links.build()), "link-lengths");
  }

  /// Chains of 39, 40, 41 and 42 links to a file and to a directory, and circles of one, two and
  /// three links.
  static LinkFixture chains() {
    DirBuilder links = Tree.dir();
    links.plain("file", Content.ofText("the end of a chain"));
    links.add("directory", Tree.dir().plain("inside", Content.ofText("below a chain")).build());
    for (String end : List.of("file", "directory")) {
      links.link(end + "-1", end);
      for (int hop = 2; hop <= LinkResolver.MOST_LINKS + 2; hop++) {
        links.link(end + "-" + hop, end + "-" + (hop - 1));
      }
    }
    links.link("circle-1", "circle-1");
    links.link("circle-2", "circle-2b").link("circle-2b", "circle-2");
    links
        .link("circle-3", "circle-3b")
        .link("circle-3b", "./circle-3c")
        .link("circle-3c", "./circle-3");
    links.link("circle-dot", "./circle-dot/.");
    links
        .link("through-file", "file/x")
        .link("file-with-slash", "file/")
        .link("directory-with-slash", "directory//");
    links
        .link("dangling", "nothing")
        .link("dangling-below", "nothing/below")
        .link("dangling-dots", "directory/../nothing");
    links.link("dots", "directory/../directory/./inside").link("itself", ".").link("above", "..");
    return new LinkFixture(Fixture.of("link-chains", "link-chains", links.build()), "link-chains");
  }

  /// Links whose targets are absolute: they lead to a file of another store path where the root of
  /// the store is the root of the caller.
  static LinkFixture absolute() {
    var fixture = Fixture.named("absolute-links");
    Tree directory = Tree.dir().plain("file", Content.ofText(REACHED)).build();
    StorePath there = fixture.add("absolute-there", directory);
    Tree links =
        Tree.dir()
            .link("to-file", "/" + there.basename() + "/file")
            .link("to-directory", "/" + there.basename())
            .link("to-root", "/")
            .link("through-dots", "/../../" + there.basename() + "/./file")
            .build();
    fixture.add("absolute-links", links);
    return new LinkFixture(fixture.build(), "absolute-links");
  }

  private static byte[] target(int lengthBytes) {
    byte[] target = new byte[lengthBytes];
    for (int at = 0; at < target.length; at++) {
      target[at] = (byte) (1 + (at * 7 + lengthBytes) % 255);
    }
    return target;
  }
}
