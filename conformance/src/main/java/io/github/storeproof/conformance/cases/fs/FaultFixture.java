package io.github.storeproof.conformance.cases.fs;

import io.github.storeproof.fixtures.Content;
import io.github.storeproof.fixtures.DirBuilder;
import io.github.storeproof.fixtures.Fixture;
import io.github.storeproof.fixtures.FixtureBuilder;
import io.github.storeproof.fixtures.Tree;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/// What the cases on faults of the store look at: each topic has a store path of its own, whose
/// contents and directories are found nowhere else, so that no cache hides a fault.
///
/// ```
/// <topic>/small       3,000 bytes
///         middle      300 KiB
///         large       3 MiB and a bit: of several chunks
///         sibling     100 bytes, always right
///         sub/file    100 bytes
///         sub/inner/file
///         f0 … f79    100 bytes each, in the topic MANY only
///         list0 …     a bit over 1 MiB each, in the topic HOSTILE only
/// ```
final class FaultFixture {
  /// One store path.
  enum Topic {
    MISSING,
    CORRUPT,
    BROKEN_OFF,
    STALLED,
    KILLED,
    ONCE,
    CHUNKS,
    HOLED,
    RETRIED,
    MAPPED,
    SHORTER,
    LONGER,
    SLOW,
    ALONE,
    MANY,
    HOSTILE;

    private String rootName() {
      return "faults-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// How many files the topic MANY has besides the others.
  static final int MANY_FILES = 80;

  /// How many files of several chunks the topic HOSTILE has besides the others.
  static final int HOSTILE_FILES = 8;

  static final Fixture ALL = all();

  private static final int SMALL_BYTES = 3000;
  private static final int MIDDLE_BYTES = 300 << 10;
  private static final int LARGE_BYTES = (3 << 20) + 17;
  private static final int TINY_BYTES = 100;
  private static final int HOSTILE_BYTES = (1 << 20) + 100_000;

  private FaultFixture() {}

  private static Fixture all() {
    FixtureBuilder fixture = Fixture.named("faults");
    for (Topic topic : Topic.values()) {
      fixture.add(topic.rootName(), tree(topic));
    }
    return fixture.build();
  }

  private static Tree tree(Topic topic) {
    long seed = topic.name().hashCode() * 1000L;
    Tree.Dir inner = Tree.dir().plain("file", Content.random(seed + 1, TINY_BYTES)).build();
    DirBuilder directory =
        Tree.dir()
            .plain("small", Content.random(seed + 2, SMALL_BYTES))
            .plain("middle", Content.random(seed + 3, MIDDLE_BYTES))
            .plain("large", Content.random(seed + 4, LARGE_BYTES))
            .plain("sibling", Content.random(seed + 5, TINY_BYTES))
            .add(
                "sub",
                Tree.dir()
                    .plain("file", Content.random(seed + 6, TINY_BYTES))
                    .add("inner", inner)
                    .build());
    for (int i = 0; topic == Topic.MANY && i < MANY_FILES; i++) {
      directory.plain("f" + i, Content.random(seed + 100 + i, TINY_BYTES));
    }
    for (int i = 0; topic == Topic.HOSTILE && i < HOSTILE_FILES; i++) {
      directory.plain("list" + i, Content.random(seed + 200 + i, HOSTILE_BYTES));
    }
    return directory.build();
  }

  /// The path of a node below the root.
  static byte[] path(Topic topic, String... names) {
    return ALL.path(topic.rootName(), names);
  }

  static Tree tree(Topic topic, String... names) {
    return Objects.requireNonNull(
        ALL.find(path(topic, names)).orElse(null), Arrays.toString(names));
  }

  static Content content(Topic topic, String... names) {
    if (tree(topic, names) instanceof Tree.File(Content content, _)) {
      return content;
    }
    throw new IllegalArgumentException(Arrays.toString(names) + " is no file");
  }
}
