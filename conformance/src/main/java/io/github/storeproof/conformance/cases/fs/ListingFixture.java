package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.DirBuilder;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureCatalog;
import io.github.storeproof.fixtures.Tree;
import java.util.List;

/// Trees made to meet the ends of replies.
///
/// A FUSE reply holds 32 bytes for a name of 1 to 8 bytes, 160 with its attributes; one of 4096
/// bytes is full after 128 entries or 25, one of 32 KiB after 1024 or 204. `.` and `..` may be
/// among them.
final class ListingFixture {
  private static final int[][] COUNTS = {
    {0, 30}, {48, 54}, {98, 106}, {124, 132}, {200, 206}, {252, 258}, {1020, 1026}
  };

  /// How many directories are below each other in [#deep].
  static final int LEVELS = 1000;

  /// How many directories are below each other in [#longPath].
  static final int LONG_LEVELS = 42;

  /// What each of them is named.
  static final String LONG_NAME = "d".repeat(250);

  /// The name of [#huge], which several classes look at.
  static final String HUGE = "huge-directory";

  private static final int HUGE_ENTRIES = 100_000;
  private static final int FILE_EVERY = 50;
  private static final Tree LINK = Tree.link("e0000000");
  private static final Tree EMPTY_FILE = Tree.plain(Content.EMPTY);

  private ListingFixture() {}

  /// Directories with names of 8 bytes, of every number of entries around the full replies.
  static Fixture fullReplies() {
    DirBuilder directories = Tree.dir();
    for (int[] range : COUNTS) {
      for (int count = range[0]; count <= range[1]; count++) {
        directories.add("entries-" + count, ofEntries(count));
      }
    }
    return Fixture.of("full-replies", "full-replies", directories.build());
  }

  /// Directories below each other, as deep as paths of two bytes for each may name.
  static Fixture deep() {
    return Fixture.of("deep", "deep", FixtureCatalog.deep(LEVELS));
  }

  /// Directories with long names below each other, down to a path of more than 10,000 bytes, and at the bottom a node of
  /// each kind.
  static Fixture longPath() {
    Tree.Dir dir =
        Tree.dir()
            .plain("file", Content.ofText("at the bottom"))
            .executable("program", Content.ofText("#!/bin/sh\nexit 0\n"))
            .link("link", "file")
            .add("empty", Tree.Dir.EMPTY)
            .build();
    for (int level = LONG_LEVELS; level > 1; level--) {
      dir = Tree.dir().add(LONG_NAME, dir).plain("f", Content.ofText("level " + level)).build();
    }
    return Fixture.of("long-path", "long-path", dir);
  }

  /// A directory of 100,000 entries, and a small one. Cases share its mount.
  static Fixture huge() {
    return Huge.FIXTURE;
  }

  /// The directory of 100,000 entries in [#huge].
  static ListedDirectory hugeDirectory() {
    return Huge.DIRECTORIES.get(1);
  }

  /// The directory of 8 entries in [#huge].
  static ListedDirectory smallDirectory() {
    return Huge.DIRECTORIES.get(2);
  }

  /// Made when first asked for.
  private static final class Huge {
    static final Fixture FIXTURE =
        Fixture.of(
            "huge-directory",
            "huge-directory",
            Tree.dir().add("huge", ofLinks(HUGE_ENTRIES)).add("small", ofEntries(8)).build());
    static final List<ListedDirectory> DIRECTORIES = ListedDirectory.below(FIXTURE);
  }

  /// Links, because they are made and imported in half the time of files.
  private static Tree.Dir ofLinks(int count) {
    DirBuilder directory = Tree.dir();
    for (int entry = 0; entry < count; entry++) {
      directory.add("e%07d".formatted(entry), entry % FILE_EVERY == 0 ? EMPTY_FILE : LINK);
    }
    return directory.build();
  }

  private static Tree.Dir ofEntries(int count) {
    DirBuilder directory = Tree.dir();
    for (int entry = 0; entry < count; entry++) {
      directory.add("e%07d".formatted(entry), EMPTY_FILE);
    }
    return directory.build();
  }
}
